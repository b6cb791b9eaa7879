/**
 * What a person reads about a finished interview. It is loaded with the view, which few windows
 * show; the other texts are put together in `./index`.
 */
import type { Ending } from '../bindings/Ending';
import { number } from './phrases';

function notes(count: number): string {
  return count === 1 ? 'one note' : `${number(count)} notes`;
}

const KIB = 1024;

export const finishedWords = {
  title: 'Interview',
  reading: 'Asking CoderPad for the interview…',
  when: 'When',
  lasted: 'How long',
  people: 'Took part',
  nobody: 'Nobody',
  runs: 'Ran',
  notRun: 'Nothing was run',
  someCode: 'code',
  times: (runs: number) => `${number(runs)}×`,
  /** What else is known of somebody who took part. */
  about: (hasAccount: boolean, unseen: boolean): string =>
    [...(hasAccount ? ['CoderPad account'] : []), ...(unseen ? ['watched unseen'] : [])].join(
      ' · ',
    ),
  duration: (ms: number): string => {
    const minutes = Math.floor(ms / 60_000);
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (minutes === 0) {
      return 'Less than a minute';
    }
    const parts = [
      ...(hours > 0 ? [`${number(hours)} h`] : []),
      ...(rest > 0 ? [`${number(rest)} min`] : []),
    ];
    return parts.join(' ');
  },
  endings: {
    held: null,
    byItself: {
      message: 'Nobody ended this interview.',
      hint: 'CoderPad ended the pad by itself, about seven days after its start.',
    },
    neverOpened: {
      message: 'Nobody came to this pad.',
      hint: 'It was ended without anybody in it. Perhaps the interview was held elsewhere.',
    },
    beforeInterview: {
      message: 'This pad ended before the interview.',
      hint: 'Create another pad, or open this one again in CoderPad.',
    },
  } satisfies Record<Ending, { message: string; hint: string } | null>,
  incomplete: 'There were very many events: who took part and how often code was run may be more.',

  drawing: 'Open drawing',

  code: {
    show: 'Show code',
    hide: 'Hide code',
    title: 'Code at the end',
    reading: 'Asking CoderPad for the code…',
    /** CoderPad names the projects of several files so. */
    language: (name: string) => name.replace(/^multifile_/, ''),
    unnamedLanguage: 'Language not known',
    unnamedFile: 'Code',
    onScreen: 'on screen at the end',
    files: (count: number) => (count === 1 ? 'one file' : `${number(count)} files`),
    noFiles: 'There is no file in this part.',
    more: (left: number) => `Show ${number(left)} more`,
    copy: 'Copy file',
    copied: (path: string) => `Copied ${path}`,
    empty: 'The file is empty.',
    cut: (shown: number) =>
      `Only the first ${number(shown)} characters are shown. “Copy file” takes all of it.`,
  },

  note: {
    title: 'Note in Lever',
    add: 'Add code to Lever',
    addAnother: 'Add another note',
    goOn: 'Go on with the note',
    preparing: 'Preparing the note…',
    text: 'Text of the note',
    where: 'Where the code goes',
    places: {
      note: 'Into the note',
      file: 'Into a file that is attached',
      nowhere: 'Nowhere: the note has no code',
    },
    noteHint: 'Long code is split into several notes.',
    fileHint: 'Lever shows whose file it is, so it must be known who you are in Lever.',
    parts: (count: number) => `This text is long, so it becomes ${notes(count)} in Lever.`,
    attached: (name: string, bytes: number) =>
      bytes < KIB
        ? `Attached: ${name} (${number(bytes)} bytes)`
        : `Attached: ${name} (${number(Math.round(bytes / KIB))} KB)`,
    include: 'Include from CoderPad',
    offers: {
      summary: 'Summary',
      transcript: 'Transcript',
      reports: 'Review report',
    },
    secret: {
      label: 'Secret note',
      hint: 'Only those who may see secret notes in Lever see it.',
    },
    send: 'Add to Lever',
    sending: 'Adding…',
    discard: 'Discard',
    close: 'Close',
    atSigns: 'A blank follows every at sign, because Lever notifies whoever is named behind one.',
    anew: {
      question: 'Write the note anew?',
      consequences: ['What you changed in the text is lost.'],
      doIt: 'Write it anew',
    },
    done: 'The note is on the candidate',
    added: (when: string) => `Added to Lever ${when}`,
    openInLever: 'Open in Lever',
    states: {
      prepared: {
        message: 'A note is prepared.',
        hint: 'Nothing is in Lever yet.',
      },
      sending: {
        message: 'The note is on its way to Lever.',
        hint: '',
      },
      uncertain: {
        message: 'It is not known yet whether the note is in Lever.',
        hint: 'Lever did not answer clearly. Padwatch looks for the note before it sends anything again, and tells you.',
      },
    },
    halted: (there: number, of: number) =>
      `${number(there)} of ${number(of)} parts ${there === 1 ? 'is' : 'are'} in Lever; the rest was not added.`,
    sendRest: 'Send the rest',
    forgetRest: 'Leave it as it is',
  },
};
