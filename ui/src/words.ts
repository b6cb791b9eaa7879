/**
 * Every text that a person reads, in one place, ready for another language. Texts with values are
 * functions, so that each language can put them where it needs them. What happened to a candidate,
 * and why, comes in words from Padwatch itself.
 */
import type { Placeholder } from './bindings/Placeholder';
import type { PostingEffect } from './bindings/PostingEffect';
import type { Settings } from './bindings/Settings';

const numbers = new Intl.NumberFormat();

function number(value: number): string {
  return numbers.format(value);
}

/** "1 pad", "2 pads". */
function count(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

function pads(value: number): string {
  return count(value, 'pad', 'pads');
}

function people(value: number): string {
  return count(value, 'person', 'people');
}

function nameOr(name: string, otherwise: string): string {
  return name === '' ? otherwise : name;
}

const placeholders: Record<Placeholder, string> = {
  firstName: 'First name',
  name: 'Full name',
  job: 'Job',
  link: 'Link',
  time: 'Interview time',
  interviewers: 'Interviewers',
  recruiter: 'Your name',
};

export const words = {
  number,
  back: 'Back',
  nameless: 'No name',
  noPosting: 'No posting',

  noAnswer: {
    message: 'Padwatch does not answer.',
    hint: 'What you see may be old. If this stays, quit Padwatch from its tray icon and start it again.',
  },

  time: {
    justNow: 'just now',
    secondsAgo: (seconds: number) => `${number(seconds)} s ago`,
    minutesAgo: (minutes: number) => `${number(minutes)} min ago`,
    today: (clock: string) => `today ${clock}`,
    yesterday: (clock: string) => `yesterday ${clock}`,
    yesterdayAlone: 'yesterday',
    tomorrow: (clock: string) => `tomorrow ${clock}`,
    inMinutes: (minutes: number) => `in ${number(minutes)} min`,
  },

  units: {
    seconds: 'seconds',
    minutes: 'minutes',
    pads: 'pads',
    days: 'days',
  },

  sections: {
    needsYou: 'Needs you',
    toSend: 'To send',
    waiting: 'Waiting',
    upcoming: 'Upcoming',
    finished: 'Finished',
    alreadyThere: 'Already there',
    setAside: 'Set aside',
  },

  standing: {
    opening: 'Opening…',
    lost: 'Padwatch does not answer',
    watching: (checked: string | null) =>
      checked === null ? 'Watching' : `Watching · checked ${checked}`,
    starting: 'Having a first look at Lever…',
    setUp: 'Not set up yet',
    paused: (until: string | null) =>
      until === null ? 'Paused until you resume' : `Paused until ${until}`,
    offline: (checked: string | null) =>
      checked === null ? 'Offline' : `Offline · last checked ${checked}`,
    hindered: (checked: string | null) =>
      checked === null ? 'Needs you' : `Needs you · checked ${checked}`,
    stopped: 'Stopped · needs you',
    checkedExactly: (moment: string) => `Lever was last read completely on ${moment}`,
    padsLeft: (left: number) => ` · ${pads(left)} left`,
    checkNow: 'Check now',
    pause: 'Pause',
    pauseFor: {
      hour: 'For an hour',
      tomorrow: 'Until tomorrow',
      untilResumed: 'Until I resume',
    },
    resume: 'Resume',
    pausedMeans: 'Nobody is watched and no pad is made. Links can be copied as ever.',
    quotaLow: (left: number) =>
      left === 0
        ? 'No pads are left in CoderPad this month.'
        : `Only ${pads(left)} left in CoderPad this month.`,
    quotaOverages: 'Further pads cost extra.',
    quotaRefuses: 'When none is left, new candidates wait until the next month or a larger plan.',
    progress: (what: string, done: number, of: number | null) =>
      of === null
        ? `${what}${done === 0 ? '…' : `: ${number(done)}`}`
        : `${what}: ${number(done)} of ${number(of)}`,
    stopRest: 'Stop the rest',
    goesOn: 'It goes on when you close the window.',
    goesOnStop: 'It goes on when you close the window. Pads that are made stay.',
  },

  remedies: {
    accounts: 'Open accounts',
    watching: 'Choose now',
    setUp: 'Set up',
    checkNow: 'Try again now',
    tryAgain: 'Try again',
    webhooks: 'Open webhooks',
    go: 'Go on',
    underWay: 'Trying…',
  },

  list: {
    title: 'Padwatch',
    label:
      'Candidates. Arrow keys choose, Enter does what the row’s button says, Control and Enter opens the details.',
    search: 'Search name, job or link',
    clearSearch: 'Clear the search',
    opening: 'Opening the list…',
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
    copiedFor: (name: string) =>
      `Copied the link for ${nameOr(name, 'the candidate without a name')}`,
    keys: {
      choose: 'Choose',
      details: 'Details',
      search: 'Search',
    },
  },

  candidate: {
    title: 'Candidate',
    reading: 'Reading…',
    state: 'State',
    since: (moment: string) => `since ${moment}`,
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
  },

  duplicates: {
    message: 'There is more than one pad for this interview.',
    hint: 'Send only one link. The one above is the one that Padwatch keeps.',
    ours: 'made by Padwatch',
    others: 'made by somebody else',
  },

  invitation: {
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
  },

  pads: {
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
    exceptions: (jobs: number) =>
      jobs === 0
        ? 'It is so for every job.'
        : `It is so for every job but ${jobs === 1 ? 'one' : number(jobs)}.`,
    toPostings: 'Choose something else for a job',
  },

  postings: {
    lead: 'Whoever applies for a job inherits its tags. Pads and invitation can differ from job to job.',
    reading: 'Asking Lever for its jobs…',
    find: 'Find a job',
    none: 'No job fits that.',
    more: (left: number) => `And ${count(left, 'job', 'jobs')} more: type a part of the title.`,
    tag: (tag: string) => `Tag “${tag}”`,
    counting: 'Counting whom it concerns…',
    locked: 'The job is confidential: its tags can be changed only in Lever.',
    question: (tag: string, job: string, on: boolean) =>
      on ? `Put the tag “${tag}” on ${job}?` : `Take the tag “${tag}” off ${job}?`,
    consequences: ({ inStage, tagged }: PostingEffect, settings: Settings, on: boolean) => {
      if (!on) {
        return [
          `${people(tagged)} of this job in the watched stages ${tagged === 1 ? 'carries' : 'carry'} the tag now. Whoever has it only from the job loses it.`,
          'Pads that are made stay usable. Whoever comes after gets none.',
        ];
      }
      const more = inStage - tagged;
      const get =
        settings.whoMakes === 'padwatch'
          ? `${people(more)} of this job in the watched stages would get a pad.`
          : `${people(more)} of this job in the watched stages would be watched for a link.`;
      const asked =
        more > settings.guards.surgeLimit
          ? ['These are many at once, so Padwatch asks you before it makes them.']
          : [];
      return [
        get,
        'So would everybody who reaches one of these stages later. Other tools that go by the tag see it too.',
        ...asked,
      ];
    },
    doIt: (on: boolean) => (on ? 'Put it on' : 'Take it off'),
    changed: (tag: string, job: string, on: boolean) =>
      on ? `The tag ${tag} is on ${job}` : `The tag ${tag} is off ${job}`,
    padsAndInvitation: 'Pads and invitation',
    exceptions: (pads: boolean, template: boolean) =>
      pads && template
        ? 'Own pad settings, own invitation'
        : pads
          ? 'Own pad settings'
          : template
            ? 'Own invitation'
            : 'As for every job',
    defaultTemplate: 'The default one',
    ownPads: 'Other pad settings for this job',
    defaultPads: 'Use the default pad settings again',
  },

  actions: {
    title: 'Actions',
    decide: 'What shall happen?',
    done: 'Done',
    checkAgain: {
      label: 'Look again',
      effect: 'Looks through CoderPad’s list for the pad. Makes nothing.',
    },
    makeNow: {
      label: 'Make a pad now',
      effect: (who: string, left: number | null) =>
        `Makes a pad and puts its link on ${who}’s Lever profile. ` +
        (left === null ? 'Uses one pad.' : `Uses one of the ${pads(left)} left.`),
    },
    hold: {
      label: 'Hold',
      effect: (who: string) =>
        `Makes no pad for ${who} until you say so. Nothing changes in Lever.`,
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
  },

  confirm: {
    leaveIt: 'Leave it',
    underWay: 'Working…',
  },

  accounts: {
    lead: 'The keys are kept in this computer’s keyring. They can be replaced and deleted, but never shown again.',
    reading: 'Looking into the keyring…',
    names: { lever: 'Lever', coderpad: 'CoderPad' },
    keyOf: (service: string) => `${service} API key`,
    keyHint: 'Blanks and quotes around it do no harm.',
    testing: 'Testing…',
    testAndSave: 'Test and save',
    saved: (service: string) => `The ${service} key works and is saved`,
    deleted: (service: string) => `The ${service} key is deleted`,
    isSet: 'A key is set.',
    isSetSince: (day: string) => `A key is set, since ${day}.`,
    notSet: 'No key yet.',
    test: 'Test',
    replace: 'Replace',
    useAnother: 'Use another key',
    delete: 'Delete',
    deleteQuestion: (service: string) => `Delete the ${service} key?`,
    deleteConsequences: {
      lever: [
        'Padwatch stops watching until there is a key again. Pads that are made stay usable.',
        'The key goes from this computer’s keyring. In Lever it stays valid until it is revoked there.',
      ],
      coderpad: [
        'Padwatch makes no pads until there is a key again. Pads that are made stay usable.',
        'The key goes from this computer’s keyring. In CoderPad it stays valid until it is changed there.',
      ],
    },
    deleteIt: 'Delete the key',
    leverWorks: 'The Lever key works.',
    coderpadWorks: 'The CoderPad key works.',
    permissions: {
      missing: 'Missing, and needed',
      yes: 'Allowed',
      no: 'Missing; Padwatch works without',
      untold: 'Can only be tested by writing, so they are tried when they are needed',
    },
    needed: 'needed',
    helpful: 'helpful',
    lacking: (names: string[]) =>
      names.length === 1
        ? `The key lacks a permission: ${names.join('')}.`
        : `The key lacks ${number(names.length)} permissions: ${names.join(', ')}.`,
    lackingHint:
      'Lever does not let a key be changed. Ask a Super Admin for a new key with these ticked, too.',
    confidential: 'Sees confidential candidates too.',
    notConfidential:
      'Does not see confidential candidates. That can be chosen in Lever only while a key is made.',
    owner: 'Belongs to',
    ownerUnknown: 'CoderPad does not say',
    ownerWith: (name: string, email: string | null) =>
      email === null ? name : `${name}, ${email}`,
    defaultLanguage: 'Language by default',
    organization: 'Organization',
    noOrganization: 'None',
    noOrganizationHint:
      'Without an organization, pads belong to you alone, and teams and other owners cannot be chosen.',
    padsLeft: 'Pads',
    padsLeftOf: (left: number | null, used: number) =>
      left === null
        ? `${number(used)} used, no limit known`
        : `${number(left)} left, ${number(used)} used`,
    whichPermissions: 'Which permissions to tick',
    how: {
      lever: {
        steps: [
          'In Lever, open Settings › Integrations and API › API Credentials.',
          'Choose “Generate New Key” and tick the permissions below.',
          'Copy the key: Lever shows it only once.',
        ],
        permissions: [
          'Find all opportunities, Find an opportunity',
          'Find all stages',
          'Find all tags',
          'Find a posting, Find all postings',
          'Find all users',
          'Find all opportunity interviews',
          'Add opportunity links, Remove opportunity links',
          'Create an opportunity note, Find all opportunity notes, Delete an opportunity note',
          'Upload an opportunity file, Find all opportunity files',
          'Find all deleted opportunities',
          'Remove opportunity tags',
        ],
        note: 'Only a Super Admin of Lever can make a key. To see confidential candidates, tick “Allow access to confidential data” while making it.',
      },
      coderpad: {
        steps: [
          'In CoderPad, open your own settings.',
          'Copy the API key. If there is none, ask your CoderPad administrator: not every plan has one.',
        ],
        permissions: [] as string[],
        note: 'Pads belong to the person whose key it is.',
      },
    },
    sandbox: 'You are looking at sample data.',
    sandboxHint: 'Lever and CoderPad are imitated on this computer. Nothing goes outside.',
    openSandbox: 'Open the sandbox’s controls',
  },

  you: {
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
  },

  watch: {
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
  },

  maker: {
    legend: 'Who makes the pads',
    padwatch: {
      label: 'Padwatch makes them',
      hint: 'One for each candidate, with the link on the Lever profile.',
    },
    coderpadIntegration: {
      label: 'CoderPad’s own Lever integration makes them',
      hint: 'Padwatch makes none. It tells when a link appears, and when one is missing.',
    },
  },

  people: {
    choose: 'Choose…',
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
    since: (moment: string) => ` · since ${moment}`,
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
  },

  login: {
    label: 'Start Padwatch when I log in',
    hint: 'It starts quietly, with only its icon in the tray.',
  },

  guards: {
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
  },

  interviews: {
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
  },

  notifications: {
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
  },

  diagnostics: {
    lead: 'For whoever helps you. No names, addresses, keys or links are in it.',
    reading: 'Gathering…',
    copy: 'Copy diagnostics',
    copied: 'The diagnostics are copied',
    refused: 'The text could not be copied. Mark it below and copy it by hand.',
  },

  export: {
    lead: 'Saves the whole list as a table for a spreadsheet (CSV), in your folder for downloads.',
    private: 'It holds names and links of candidates: delete it when it is no longer needed.',
    button: 'Save the table',
    saved: 'The table is saved',
  },

  connection: {
    lead: 'Where Lever and CoderPad are for your company, and how this computer reaches them. The usual choices fit nearly everybody.',
    lever: 'Lever',
    coderpad: 'CoderPad',
    places: {
      production: { label: 'Production', hint: 'Where most accounts are.' },
      eu: { label: 'EU', hint: 'For accounts that are kept in Europe.' },
      sandbox: {
        label: 'Sandbox',
        hint: 'Lever’s own place for trying things. It has its own keys.',
      },
      other: { label: 'Another address' },
    },
    root: (service: string) => `The address of ${service}’s API`,
    proxy: 'Proxy',
    proxies: {
      system: { label: 'As the system has it', hint: 'Its certificates are trusted too.' },
      none: { label: 'None' },
      at: { label: 'This one' },
    },
    proxyAddress: 'Its address, such as proxy.example.com:3128',
    keep: 'Keep this',
    kept: 'It is kept, and in use.',
    restart: 'It is kept. It counts when Padwatch is started again.',
    restartHint: 'Nothing is lost by that. Under “Accounts” the keys can then be tested.',
    restartNow: 'Start again now',
    overruled: 'Padwatch was started with other addresses.',
    overruledHint: 'They come from the command line, or from the sample data, and count more.',
  },

  forget: {
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
  },

  settings: {
    title: 'Settings',
    saved: 'Saved',
    groups: {
      services: 'Lever and CoderPad',
      pads: 'Candidates and pads',
      computer: 'This computer',
    },
    pages: {
      accounts: { title: 'Accounts', about: 'The keys for Lever and CoderPad' },
      watching: { title: 'Watching', about: 'Stages, tag, who makes the pads, who you are' },
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
  },

  webhooks: {
    lead: 'Padwatch asks Lever every half minute. With webhooks Lever tells it at once, and it asks less often. Lever needs a way to this computer for that: a tunnel. Without webhooks nobody is missed either.',
    copy: 'Copy',
    copied: (what: string) => `Copied: ${what}`,
    on: {
      label: 'Receive webhooks',
      hint: 'Padwatch listens on this computer alone, and believes only what it then reads in Lever itself.',
    },
    left: {
      message: 'Webhooks that Padwatch made are still in Lever.',
      hint: 'They could not be removed when webhooks were switched off, so Lever goes on sending in vain.',
    },
    tunnel: {
      title: '1. The tunnel to this computer',
      lead: 'A tunnel gives this computer an address that Lever can reach. It must run whenever Padwatch does.',
      start: (name: string) => `Start ${name} in a terminal`,
      none: 'None of the tunnel programs cloudflared, tailscale and ngrok was found on this computer. Your IT may have another.',
      target: 'Where the tunnel must lead',
      address: 'The tunnel’s public address',
      addressHint: 'As the tunnel shows it, with or without https://.',
      save: 'Use this address',
    },
    lever: {
      title: '2. The webhooks in Lever',
      first: 'First put in the tunnel’s public address.',
      forMe:
        'With the Lever key, Padwatch can make the webhooks in Lever and store their signing tokens.',
      setUp: 'Set it up for me',
      mend: 'Check and repair',
      remove: 'Remove them from Lever',
      made: (made: number) =>
        `Padwatch made ${count(made, 'webhook', 'webhooks')} in Lever, and knows how they are signed.`,
      switchOn:
        'A Super Admin must still switch the events on in Lever, under Settings > Integrations and API > Webhooks. “Candidate stage change” matters most.',
      elsewhere: {
        message: 'The webhooks in Lever lead to another address.',
        hint: 'Let Padwatch repair them, or change them in Lever.',
      },
      byHand: 'By hand, without the key’s help',
      steps: [
        'In Lever, a Super Admin opens Settings > Integrations and API > Webhooks.',
        'Switch on “Candidate stage change” (and the other candidate and interview events, if you like) and press “+ Add webhook”.',
        'Paste the address below.',
        'Copy the signing token that Lever shows and add it here. Each webhook has its own.',
        'Press “Verify” in Lever: the check mark appears above.',
      ],
      url: 'The address to paste in Lever',
    },
    token: {
      label: 'Signing token',
      hint: 'It goes into this computer’s keyring and is never shown again.',
      add: 'Add the token',
      added: 'The signing token is stored.',
      delete: 'Delete all tokens',
      deleteQuestion: 'Delete all signing tokens?',
      deleteConsequences: [
        'Until there are others, no event can be checked, and none is taken in. Padwatch goes on asking Lever.',
        '“Check and repair” then mends the webhooks that Padwatch made; for others, copy their tokens in Lever again.',
      ],
      deleted: 'All signing tokens are deleted',
      stored: (stored: number) => `${count(stored, 'token', 'tokens')} stored`,
    },
    health: {
      title: 'How it goes',
      arriving: 'Events arrive.',
      begun: 'Switched on. Two steps are left: the tunnel, and the webhooks in Lever.',
      none: 'Switched on; no event has come yet.',
      waiting: 'Switched on; no event has come lately.',
      verify: 'Verify button',
      verified: (when: string) => `works, ${when}`,
      unverified: (when: string) => `reached Padwatch ${when}, which has no signing token yet`,
      lastEvent: 'Last event',
      notYet: 'not yet',
      accepted: 'Events taken in',
      asks: 'Padwatch asks Lever',
      asksEvery: (seconds: number) =>
        seconds % 60 === 0
          ? `every ${count(seconds / 60, 'minute', 'minutes')}`
          : `every ${number(seconds)} seconds`,
      refused: 'Refused',
      refusedFor: (refused: number, reason: string) => `${number(refused)} × ${reason}`,
      noneRefused: 'none',
      restarts: 'Started again after a fault',
      restarted: (times: number, last: string) =>
        [count(times, 'time', 'times'), last].filter((part) => part !== '').join(', last '),
    },
  },

  setUp: {
    product: 'Padwatch',
    stepOf: (step: number, of: number) => `Step ${number(step)} of ${number(of)}`,
    goOn: 'Continue',
    startFromNow: 'Start from now',
    notNow: 'Not now',
    welcome: {
      points: [
        'Watches Lever for candidates with the tag “coderpad” who reach Phone Screen.',
        'Makes a CoderPad pad for each, exactly once, and puts its link on the Lever profile.',
        'Hands you the link: one click copies it, ready for the invitation.',
      ],
      need: 'You need an API key of Lever and one of CoderPad. It takes about three minutes.',
      keys: 'Both stay in this computer’s keyring.',
      sample: 'Try it with sample data',
      sampleHint:
        'Opens a second Padwatch with invented people. It needs no keys, and nothing goes outside.',
      sampleStarted: 'It opens in its own window. To end it, quit it from its own tray icon.',
    },
    steps: {
      welcome: { title: 'A pad link, ready when you are', lead: '', goOn: 'Set up' },
      lever: { title: 'The key for Lever', lead: '', goOn: 'Continue' },
      coderpad: { title: 'The key for CoderPad', lead: '', goOn: 'Continue' },
      you: {
        title: 'Who are you in Lever?',
        lead: 'Links and notes are written in this person’s name.',
        goOn: 'Continue',
      },
      watch: { title: 'What to watch', lead: '', goOn: 'Continue' },
      maker: { title: 'Who makes the pads?', lead: '', goOn: 'Continue' },
      people: {
        title: 'The people already there',
        lead: 'They have the tag and are in a watched stage now. They get a pad only if you tick them.',
        goOn: 'Continue',
      },
      invitation: {
        title: 'The invitation',
        lead: 'What a candidate is written. Padwatch fills it in and copies it; you send it.',
        goOn: 'Continue',
      },
      login: { title: 'Start at login?', lead: '', goOn: 'Continue' },
      done: { title: 'Padwatch is watching', lead: 'What happens next:', goOn: 'Show the list' },
    },
    doneWith: {
      padwatch: [
        'As soon as a tagged candidate reaches a watched stage, Padwatch makes the pad and tells you.',
        'Copy the link from the notification, from the tray icon, or from this window.',
        'You can close this window: Padwatch goes on in the tray.',
      ],
      coderpadIntegration: [
        'As soon as CoderPad puts a link on a candidate’s profile, Padwatch tells you.',
        'If no link appears, Padwatch tells you that too.',
        'You can close this window: Padwatch goes on in the tray.',
      ],
    },
  },
};
