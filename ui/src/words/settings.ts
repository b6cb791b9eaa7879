/** The settings; what has a module of its own is not here. */

export const settings = {
  saved: 'Saved',
  groups: {
    services: 'Lever and CoderPad',
    pads: 'Candidates and pads',
    computer: 'This computer',
  },
  pages: {
    accounts: { title: 'Accounts', about: 'The keys for Lever and CoderPad' },
    watching: { title: 'Watching', about: 'Stages, tag, who makes the pads' },
    pads: { title: 'New pads', about: 'Language, question, waiting room, owner' },
    invitation: { title: 'Invitation', about: 'What a candidate is written' },
    postings: { title: 'Jobs', about: 'The tag, pads and invitation by job' },
    guards: { title: 'Guards', about: 'Ask first, wait, warn' },
    notifications: { title: 'Notifications', about: 'What is told' },
    interviews: { title: 'Interviews', about: 'Reminders, and how long people are kept' },
    webhooks: { title: 'Webhooks', about: 'Be told by Lever at once' },
    connection: { title: 'Connection', about: 'Where the services are, and the proxy' },
    login: { title: 'Start at login', about: 'Off until you say so' },
    export: { title: 'Export', about: 'The list as a table' },
    diagnostics: { title: 'Diagnostics', about: 'For whoever helps you' },
    forget: { title: 'Forget everything', about: 'Keys and history on this computer' },
  },
};

export const login = {
  label: 'Start Padwatch when I log in',
  hint: 'It starts quietly, with only its icon in the tray.',
};

export const guards = {
  lead: 'What stands between noticing somebody and making a pad.',
  askEachTime: {
    label: 'Ask before every pad',
    hint: 'Each candidate waits under “Needs you”.',
  },
  surge: {
    label: 'Ask when more come at once than',
    hint: 'A bulk move in Lever then makes no pads unasked.',
  },
  hold: {
    label: 'Wait before making a pad',
    hint: 'In that time it can be cancelled. 0: no wait.',
  },
  lowQuota: {
    label: 'Warn when no more are left than',
    hint: 'Of this month’s allowance in CoderPad.',
  },
  missingLink: {
    label: 'Report a missing link after',
    hint: 'When CoderPad’s own integration makes the pads.',
  },
  makeAgain: {
    label: 'Make a pad again when the first is nowhere to be found',
    hint: 'After several complete looks. Off, Padwatch asks you. On, a second pad can come about in rare cases.',
  },
};

export const interviews = {
  lead: 'What is told before an interview, as far as Lever knows when it is, and how long finished ones are kept.',
  linkNotSent: {
    label: 'Tell me the evening before when a link was not sent',
    hint: 'At 17:00 on the day before, if the link was neither copied nor marked as sent.',
  },
  remind: {
    label: 'Remind me before an interview',
    hint: 'With the link at hand.',
  },
  minutesBefore: {
    label: 'How long before',
    hint: '',
  },
  keeping: 'Finished interviews',
  daysInTray: {
    label: 'Stay in the tray for',
    hint: 'After that they are in this window alone.',
  },
  retention: {
    label: 'Forget people after',
    hint: 'When nothing is to be done for somebody any more for this long, their name, links and notes are removed from this computer. 0: never. Whom Lever deletes or anonymizes is forgotten here soon in any case.',
  },
};

export const notifications = {
  lead: 'What needs you is always told.',
  quiet: {
    label: 'Quiet hours',
    hint: 'What there is to tell then is told when they end. Only an interview that is soon is still told.',
  },
  from: 'From',
  to: 'To',
  padReady: { label: 'A pad is ready', hint: 'With a button that copies the link.' },
  finished: { label: 'An interview is finished', hint: 'With a button that opens the playback.' },
  hideNames: {
    label: 'Leave names out',
    hint: 'For locked screens, and screens that others see: “A pad is ready” and no more.',
  },
};

export const diagnostics = {
  lead: 'For whoever helps you. No names, addresses, keys or links are in it.',
  reading: 'Gathering…',
  copy: 'Copy diagnostics',
  copied: 'The diagnostics are copied',
  refused: 'The text could not be copied. Mark it below and copy it by hand.',
};

export const exporting = {
  lead: 'Saves the whole list as a table for a spreadsheet (CSV), in your folder for downloads.',
  private: 'It holds names and links of candidates: delete it when it is no longer needed.',
  button: 'Save the table',
  saved: 'The table is saved',
};

export const forget = {
  lead: 'Deletes both keys from the keyring, and everything that Padwatch remembers on this computer.',
  stays: 'What stays',
  staying: [
    'In Lever: links, tags and notes on the profiles, and the API key until it is revoked there.',
    'In CoderPad: all pads, and the API key until it is changed there.',
  ],
  button: 'Forget everything',
  question: 'Forget everything on this computer?',
  consequences: [
    'Keys, settings and the history of all candidates are deleted here. This cannot be undone.',
    'Pads and links in CoderPad and Lever stay as they are.',
  ],
  done: 'Everything is forgotten',
};
