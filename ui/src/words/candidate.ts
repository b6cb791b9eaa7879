/** One candidate. */

export const candidate = {
  title: 'Candidate',
  reading: 'Reading…',
  state: 'State',
  padAndProfile: 'Pad and profile',
  openPad: 'Open pad',
  openProfile: 'Open in Lever',
  timeline: 'What happened',
  nothingYet: 'Nothing yet.',
  setOffBy: (trigger: string) => (trigger === '' ? '' : ` · ${trigger}`),
  inLever: 'In Lever, as last read',
  stage: 'Stage',
  tags: 'Tags',
  link: 'Link',
  unknown: 'Not known',
  noTags: 'None',
  interview: {
    title: 'Interview and pad',
    time: 'Planned for',
    notPlanned: 'Nothing planned in Lever',
    interviewers: 'Interviewers',
    nobody: 'Nobody named',
    padTitle: 'Pad title',
    padLanguage: 'Language',
  },
  onProfile: 'On the profile',
  notOnProfile: 'Not on the profile',
  chooseSomebody: 'Choose somebody to see what happened, and why.',
};

export const duplicates = {
  message: 'There is more than one pad for this interview.',
  hint: 'Send only one link. The one above is the one that Padwatch keeps.',
  ours: 'made by Padwatch',
  others: 'made by somebody else',
};
