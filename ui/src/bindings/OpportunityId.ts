export type OpportunityId = string;
