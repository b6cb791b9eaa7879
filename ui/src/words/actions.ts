/** What can be done with a candidate, and what it will cause. */
import { pads } from './phrases';

export const actions = {
  title: 'Actions',
  decide: 'What shall happen?',
  done: 'Done',
  checkAgain: {
    label: 'Look again',
    effect: 'Looks through CoderPad’s list for the pad. Makes nothing.',
  },
  useLink: {
    label: 'Use it',
    effect: 'Uses the pad whose link is on the profile. Creates no pad.',
  },
  makeNow: {
    label: 'Make a pad now',
    effect: (who: string, left: number | null) =>
      `Makes a pad and puts its link on ${who}’s Lever profile. ` +
      (left === null ? 'Uses one pad.' : `Uses one of the ${pads(left)} left.`),
  },
  hold: {
    label: 'Hold',
    effect: (who: string) => `Makes no pad for ${who} until you say so. Nothing changes in Lever.`,
  },
  skip: {
    label: 'No pad for this one',
    effect: (who: string) => `Leaves ${who} alone. Nothing changes in Lever.`,
  },
  markSent: {
    label: 'Mark as sent',
    effect: 'Moves the line to Upcoming. Nothing is sent by this.',
  },
  markNotSent: {
    label: 'Mark as not sent',
    effect: 'Moves the line back to To send.',
  },
  seePad: {
    title: 'Do you see the pad in CoderPad?',
    label: 'Its link',
    hint: 'Paste it here; Padwatch then uses that pad and makes no other.',
    use: 'Use this pad',
  },
  makeAnother: {
    label: 'Make another pad',
    effect: 'Makes a new pad although the first one may exist.',
    question: (who: string) => `Make another pad for ${who}?`,
    consequences: (who: string) => [
      'It is not known whether the first pad was made. If it was, there are two pads for the same interview, and two are used up.',
      `${who} gets the link of the new one. Look in CoderPad first if you can.`,
    ],
    doIt: 'Make another pad',
  },
  removeTag: {
    label: 'Remove the tag',
    effect: 'Takes the tag off in Lever, so that no pad is made.',
    question: (who: string) => `Remove the tag from ${who} in Lever?`,
    consequences: (who: string) => [
      `The tag disappears from ${who}’s profile for everybody, and other tools that go by it see that too.`,
      'A tag that comes from the job itself stays. A pad that is made already stays too.',
    ],
    doIt: 'Remove the tag',
  },
  addTag: {
    label: 'Put the tag on',
    effect: (who: string) =>
      `Tags ${who} in Lever and moves nothing else. If they are in a watched stage, or reach one later, your rules decide about a pad again.`,
  },
  undo: {
    label: 'Undo the pad',
    effect: 'Ends and deletes the pad, and takes its link off the profile.',
    question: (who: string) => `End and delete the pad for ${who}?`,
    consequences: (who: string) => [
      `The link stops working, for ${who} and for everybody who has it, and disappears from the Lever profile. Code that is in the pad is gone.`,
      'Whether CoderPad gives the pad back to this month’s allowance is not known.',
      'This cannot be undone.',
    ],
    doIt: 'End and delete it',
  },
  deleteDuplicate: {
    label: (pad: string) => `Delete pad ${pad}`,
    effect: 'Ends and deletes the pad too many. The other one stays.',
    question: (who: string, pad: string) => `End and delete pad ${pad} for ${who}?`,
    consequences: (link: string) => [
      `${link} stops working for everybody who has it.`,
      'Whether CoderPad gives the pad back to this month’s allowance is not known.',
      'This cannot be undone.',
    ],
    doIt: 'End and delete it',
  },
};
