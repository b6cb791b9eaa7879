export type NotificationSettings = { padReady: boolean, finished: boolean, hideNames: boolean, };
