/** Who is watched, for whom, and who makes the pads. */
import { count, people } from './phrases';

export const you = {
  title: 'Who you are in Lever',
  lead: 'Links and notes are written in this person’s name.',
  reading: 'Asking Lever for its users…',
  find: 'Find by name or address',
  likely: (name: string) => `Are you ${name}?`,
  likelyHint: 'The CoderPad key belongs to somebody with the same address.',
  thatIsMe: 'That’s me',
  legend: 'Who you are in Lever',
  noneFits: 'Nobody in Lever fits that.',
  more: (left: number) => `And ${people(left)} more: type a part of the name.`,
  nobody: 'Nobody in particular',
  nobodyHint: 'Lever then shows the key as the author.',
  userHint: (email: string, role: string) => (role === '' ? email : `${email} · ${role}`),
};

export const watch = {
  stages: 'Watched stages',
  stagesHint: 'Whoever has the tag and is in one of these gets a pad.',
  readingStages: 'Asking Lever for its stages…',
  noStage: 'No stage is watched: choose at least one.',
  tag: 'Tag',
  tagHint: 'On the candidate or on the job. Capitals and blanks make no difference.',
  readingTags: 'Asking Lever for its tags…',
  noSpelling: 'Nobody in Lever carries this tag yet.',
  spellings: 'Found in Lever, all of them count:',
  carriedBy: (carriers: number) => `on ${count(carriers, 'candidate', 'candidates')}`,
  whose: 'Whose candidates',
  everybody: { label: 'Everybody’s', hint: 'All that the key can see.' },
  mine: { label: 'Mine', hint: 'Those whose owner in Lever is you.' },
  mineNeedsYou: 'To watch only your own, say first who you are in Lever.',
  every: 'Look at Lever every',
  everyHint: 'A quiet look costs one request. Ten seconds at the least.',
};

export const maker = {
  legend: 'Who makes the pads',
  padwatch: {
    label: 'Padwatch makes them',
    hint: 'One for each candidate, with the link on the Lever profile.',
  },
  coderpadIntegration: {
    label: 'CoderPad’s own Lever integration makes them',
    hint: 'Padwatch makes none. It tells when a link appears, and when one is missing.',
  },
};
