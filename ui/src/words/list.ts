/** The list of candidates. */
import { nameOr } from './phrases';

export const list = {
  title: 'Padwatch',
  label:
    'Candidates. Arrow keys choose, Enter does what the row’s button says, Control and Enter opens the details.',
  search: 'Search name, job or link',
  clearSearch: 'Clear the search',
  opening: 'Opening the list…',
  chooseSome: 'Choose…',
  rowComing: 'Loading',
  interviewAt: (moment: string) => `Interview: ${moment}`,
  stateAfter: (state: string) => ` · ${state}`,
  empty: 'Nobody yet',
  emptyHint:
    'Candidates with the tag appear here when they reach a watched stage in Lever, with the link to their pad.',
  emptyHintIntegration:
    'Candidates with the tag appear here when they reach a watched stage and CoderPad puts a link on their profile.',
  lastLooked: (when: string) => `Last looked ${when}`,
  nobodyFound: 'Nobody found',
  nobodyFoundHint: 'The search looks at names, jobs and links. Esc clears it.',
  primary: {
    copy: 'Copy link',
    copied: 'Copied',
    playback: 'Play back',
    decide: 'Decide',
    makeNow: 'Make pad',
  },
  primaryFor: (
    what: 'copy' | 'copied' | 'playback' | 'decide' | 'makeNow',
    name: string,
  ): string => {
    const who = nameOr(name, 'the candidate without a name');
    return {
      copy: `Copy link for ${who}`,
      copied: `Copied the link for ${who}`,
      playback: `Play back the interview of ${who}`,
      decide: `Decide about ${who}`,
      makeNow: `Make a pad for ${who}`,
    }[what];
  },
  copiedUncheckedFor: (name: string) =>
    `Copied the pad link for ${name}. CoderPad couldn’t be reached to check the pad.`,
  copiedFor: (name: string) =>
    `Copied the link for ${nameOr(name, 'the candidate without a name')}`,
  keys: {
    choose: 'Choose',
    details: 'Details',
    search: 'Search',
  },
};
