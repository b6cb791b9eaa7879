/** The keys, and what was found with them. */
import { number } from './phrases';

export const accounts = {
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
  oldKeyStays: 'The key you already saved stays in use.',
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
  ownerWith: (name: string, email: string | null) => (email === null ? name : `${name}, ${email}`),
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
        'Add opportunity tags, Remove opportunity tags',
        'Update a posting',
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
};
