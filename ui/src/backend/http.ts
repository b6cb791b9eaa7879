/**
 * An ordinary browser against a Padwatch that answers over HTTP on this computer:
 * `POST /ask` takes a call as JSON and answers `{ok}` or `{problem}`; `GET /snapshot` is a stream
 * of server-sent events, each a snapshot.
 */
import type { Call } from '../bindings/Call';
import type { Seen } from '../bindings/Seen';
import { type Answers, type Backend, Refused, isProblem, noAnswer } from './backend';

export function httpBackend(): Backend {
  return {
    async ask<C extends Call>(call: C): Promise<Answers[C['kind']]> {
      const answer = await send(call);
      if (typeof answer === 'object' && answer !== null) {
        if ('ok' in answer) {
          return answer.ok as Answers[C['kind']];
        }
        if ('problem' in answer && isProblem(answer.problem)) {
          throw new Refused(answer.problem);
        }
      }
      throw new Refused(noAnswer());
    },

    follow(heard, lost) {
      const stream = new EventSource('/snapshot');
      stream.onmessage = (event: MessageEvent<string>) => {
        heard(JSON.parse(event.data) as Seen);
      };
      // The browser tries again by itself; meanwhile what is shown may be old.
      stream.onerror = () => {
        lost(noAnswer());
      };
      return () => {
        stream.close();
      };
    },

    // A browser is not brought to the front by a notification of Padwatch's.
    candidateWanted: () => () => undefined,
  };
}

async function send(call: Call): Promise<unknown> {
  try {
    const reply = await fetch('/ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(call),
    });
    return await reply.json();
  } catch {
    throw new Refused(noAnswer());
  }
}
