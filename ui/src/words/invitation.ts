/** The invitation and its templates. */
import type { Placeholder } from '../bindings/Placeholder';
import { nameOr, number } from './phrases';

const placeholders: Record<Placeholder, string> = {
  firstName: 'First name',
  name: 'Full name',
  job: 'Job',
  link: 'Link',
  time: 'Interview time',
  interviewers: 'Interviewers',
  recruiter: 'Your name',
};

export const invitation = {
  title: 'Invitation',
  copy: 'Copy invitation',
  mail: 'E-mail',
  preview: 'Preview',
  reading: 'Asking Lever for the interview…',
  copiedFor: (name: string) =>
    `Copied the invitation for ${nameOr(name, 'the candidate without a name')}`,
  lacks: (missing: Placeholder[]) =>
    `Not known: ${missing.map((each) => placeholders[each].toLowerCase()).join(', ')}.`,
  lacksHint: 'It stands in brackets below. Lever knows it once the interview is planned there.',
  gapsHint:
    'Plan the interview in Lever, or take the text as it is and fill in what is in brackets.',
  withGaps: {
    copyInvitation: 'Copy with gaps',
    mailInvitation: 'E-mail with gaps',
  },
  lead: 'What a candidate is written. It is copied as rich and as plain text; Padwatch sends nothing.',
  template: 'Template',
  templateName: 'Name of the template',
  subject: 'Subject',
  body: 'Text',
  insert: 'Insert:',
  placeholders,
  add: 'Add a template',
  newTemplate: (id: number) => `Template ${number(id)}`,
  delete: 'Delete this template',
  deleteQuestion: (name: string) => `Delete the template “${name}”?`,
  deleteConsequences: ['Jobs that use it get the default one. This cannot be undone.'],
  standard: 'The default',
  standardHint: 'For every job that has no template of its own.',
  shownFor: 'Shown for',
  nobodyToShow: 'As soon as somebody has a pad, their invitation is shown here.',
};
