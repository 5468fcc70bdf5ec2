import type { Role } from "../api/contract";

export type MemberStatus = "none" | "invited" | "active" | "revoked";

export interface Provisioning {
  uri: string;
  secret: string;
  /** SVG. */
  qr: string;
}

export interface Invitation {
  name: string;
  login: string;
  role: Role;
  organization: string;
  expires: string;
  /** Signs in at the provider, and needs no password. */
  providerOnly?: boolean;
}

export interface Account {
  login: string;
  recoveryCodesLeft: number;
  sessions: { since: string; device: string; current: boolean }[];
}

export interface MemberAccount {
  id: string;
  name: string;
  role: Role;
  organization: string;
  status: MemberStatus;
  login?: string;
  since?: string;
  expires?: string;
  lastSignIn?: string;
  /** Signs in at the provider only, unless an exception is in force. */
  providerOnly?: boolean;
  localUntil?: string;
}

export interface Structure {
  id: string;
  name: string;
}

export interface Members {
  people: MemberAccount[];
  organizations: Structure[];
  roles: Role[];
  /** Invitations leave by e-mail too. */
  mail: boolean;
  /** Of the SAS, and under this territory's rule of signing in at the provider. */
  centre: CentrePerson[];
}

/** Somebody who may be given an exception to signing in at the provider. */
export type CentrePerson = Pick<MemberAccount, "id" | "name" | "role" | "organization" | "localUntil">;

export interface Invitee {
  personId?: string;
  name?: string;
  email?: string;
  role?: string;
  organizationId?: string;
  rpps?: string;
}

export interface InvitedLine {
  name?: string;
  email?: string;
  link?: string;
  expires?: string;
  problem?: string;
}
