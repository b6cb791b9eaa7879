/** What a new pad is like. */
import { count, number } from './phrases';

export const pads = {
  lead: 'What a new pad is like. Pads that are made already stay as they are.',
  notOurs: 'CoderPad’s own integration makes the pads now, so this is not used.',
  toCome: 'What a pad would be like',
  accountDefault: 'CoderPad’s default',
  language: 'Language',
  languageHint: 'By CoderPad’s own name for it.',
  question: 'Question',
  noQuestion: 'None',
  questionNumber: (id: number) => `Question ${id}`,
  chooseQuestion: 'Choose…',
  withoutQuestion: 'None',
  findQuestion: 'Find a question by its title',
  askingQuestions: 'Asking CoderPad for its questions…',
  foundQuestions: (found: number) => `${count(found, 'question', 'questions')} found`,
  waitingRoom: 'Waiting room',
  waitingRoomHint: 'On: candidates wait until somebody lets them in.',
  execution: 'Running code',
  switches: { default: 'CoderPad’s default', on: 'On', off: 'Off' },
  team: 'Team',
  someTeam: 'The chosen one',
  owner: 'Owner',
  ownersOnly: 'Only the key of an organization’s owner may choose this.',
  nameConfidential: {
    label: 'Name confidential candidates and jobs in pad titles',
    hint: 'Everyone in your CoderPad team can read a pad’s title. Off: it’s “Interview” when the candidate or the job is confidential in Lever, or when Lever doesn’t show Padwatch the job.',
  },
  exceptions: (jobs: number) =>
    jobs === 0
      ? 'It is so for every job.'
      : `It is so for every job but ${jobs === 1 ? 'one' : number(jobs)}.`,
  toPostings: 'Choose something else for a job',
};
