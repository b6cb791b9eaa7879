import type { OpportunityId } from "./OpportunityId";

export type Chosen = { opportunities: Array<OpportunityId>, };
