/** Those who are chosen together. */
import { number, pads, people } from './phrases';

export const choosing = {
  title: { alreadyThere: 'The people already there', needsYou: 'Many at once' },
  lead: {
    alreadyThere:
      'They had the tag and the stage before Padwatch began to watch. They get a pad only if you tick them.',
    needsYou: 'These wait for your word. Tick those who shall have a pad.',
  },
  reading: 'Looking who is there…',
  nobody: {
    alreadyThere: 'Nobody was there already.',
    needsYou: 'Nobody waits any more.',
  },
  tickAll: (shown: number) =>
    shown === 1 ? 'Tick the one below' : `Tick all ${number(shown)} below`,
  inStageSince: (moment: string) => ` · in the stage since ${moment}`,
  showMore: (left: number) => `Show more (${number(left)})`,
  leaveAll: 'Leave them all',
  effect: (ticked: number, makes: boolean, left: number | null) => {
    if (ticked === 0) {
      return 'Nobody is ticked: nothing is made.';
    }
    if (!makes) {
      return `${people(ticked)} will be watched for a link.`;
    }
    return left === null
      ? `Uses ${pads(ticked)}.`
      : `Uses ${number(ticked)} of the ${pads(left)} left.`;
  },
  serve: (ticked: number, makes: boolean) =>
    makes ? `Make ${pads(ticked)}` : `Watch ${people(ticked)}`,
  served: (served: number) => `${people(served)} will be served`,
};
