export type GrantState = "inForce" | "coming" | "ended";
export type Condition = "none" | "onBehalfOf" | "inGroup" | "ownAgenda" | "namedPerson";

/** What a grant says, but for its action. */
export interface Terms {
  role: string;
  stream: string;
  condition: Condition;
  group?: string;
  person?: string;
  /** First and last civil day, both included. */
  from?: string;
  to?: string;
  source: string;
}

export interface Grant extends Terms {
  id: string;
  action: string;
  personName?: string;
  state: GrantState;
  /** Left out: the territory's file. */
  decidedBy?: string;
  decidedAt: string;
  /** Ended at once then. */
  endedAt?: string;
}

export interface Grants {
  today: string;
  grants: Grant[];
  roles: string[];
  streams: string[];
  actions: string[];
  conditions: Condition[];
  groups: string[];
  people: { id: string; name: string; role: string }[];
}

export interface GrantsChanged {
  requestId: string;
  grants: Grant[];
}
