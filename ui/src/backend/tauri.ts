/** Padwatch's own window: what it asks of Padwatch, what it hears, and what the window itself does. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Answers } from '../bindings/Answers';
import type { Call } from '../bindings/Call';
import type { Seen } from '../bindings/Seen';
import { type Backend, Refused, isProblem, noAnswer } from './backend';

export function tauriBackend(): Backend {
  return {
    async ask<C extends Call>(call: C): Promise<Answers[C['kind']]> {
      try {
        return await invoke<Answers[C['kind']]>('ask', { call });
      } catch (thrown) {
        throw new Refused(isProblem(thrown) ? thrown : noAnswer());
      }
    },

    follow(heard, lost) {
      const listening = listen<Seen>('snapshot', (event) => {
        heard(event.payload);
      });
      listening.catch(() => {
        lost(noAnswer());
      });
      return () => {
        void listening.then((end) => {
          end();
        });
      };
    },

    close() {
      void invoke('close');
    },

    zoom(factor) {
      void invoke('zoom', { factor });
    },

    candidateWanted(tell) {
      const listening = listen('candidate-wanted', tell);
      // Where no events can be heard, `follow` says so.
      listening.catch(() => undefined);
      return () => {
        void listening.then((end) => {
          end();
        });
      };
    },
  };
}
