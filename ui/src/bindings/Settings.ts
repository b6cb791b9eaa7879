import type { Guards } from "./Guards";
import type { NotificationSettings } from "./NotificationSettings";
import type { PadSettings } from "./PadSettings";
import type { UserId } from "./UserId";
import type { WatchSettings } from "./WatchSettings";
import type { WhoMakes } from "./WhoMakes";

export type Settings = { watch: WatchSettings, whoMakes: WhoMakes, actingUser: UserId | null, guards: Guards, pads: PadSettings, notifications: NotificationSettings, };
