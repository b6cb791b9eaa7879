import type { Action } from "./Action";
import type { Chosen } from "./Chosen";
import type { ListQuery } from "./ListQuery";
import type { OpportunityId } from "./OpportunityId";
import type { PauseFor } from "./PauseFor";
import type { Section } from "./Section";
import type { Settings } from "./Settings";

export type Call = { "kind": "snapshot" } | { "kind": "accounts" } | { "kind": "setLeverKey", key: string,  } | { "kind": "setCoderpadKey", key: string,  } | { "kind": "testLever" } | { "kind": "testCoderpad" } | { "kind": "deleteLeverKey" } | { "kind": "deleteCoderpadKey" } | { "kind": "leverUsers" } | { "kind": "stages" } | { "kind": "tagSpellings" } | { "kind": "settings" } | { "kind": "changeSettings", settings: Settings,  } | { "kind": "list", query: ListQuery,  } | { "kind": "detail", opportunity: OpportunityId,  } | { "kind": "act", opportunity: OpportunityId, action: Action,  } | { "kind": "serve", section: Section, chosen: Chosen,  } | { "kind": "go" } | { "kind": "checkNow" } | { "kind": "pause", time: PauseFor,  } | { "kind": "resume" } | { "kind": "copyLink", opportunity: OpportunityId,  } | { "kind": "openPad", opportunity: OpportunityId,  } | { "kind": "openPlayback", opportunity: OpportunityId,  } | { "kind": "openProfile", opportunity: OpportunityId,  } | { "kind": "openSandbox" } | { "kind": "autostart" } | { "kind": "setAutostart", on: boolean,  } | { "kind": "diagnostics" } | { "kind": "forgetEverything" };
