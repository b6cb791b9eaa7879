export type Guards = { surgeLimit: number, holdSeconds: number, askEachTime: boolean, lowQuota: number, makeAgainWhenNotFound: boolean, missingLinkAfterSeconds: number, };
