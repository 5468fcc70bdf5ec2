import { post } from "../api/http";
import type { PersonFile, PersonIdentity, Scope } from "./contract";

const act = (id: string, what: string): string => `/api/persons/${encodeURIComponent(id)}/${what}`;

// All by POST: neither a name nor a reason stands in an address.
export const personsApi = {
  search: (scope: Scope, lastName: string, firstName: string, birthDate: string) => post<{ personId?: string }>("/api/persons/search", { ...scope, lastName, firstName, birthDate }),
  open: (scope: Scope, id: string) => post<PersonFile>(act(id, "open"), scope),
  export: (scope: Scope, id: string) => post<PersonFile>(act(id, "export"), scope),
  correct: (scope: Scope, id: string, identity: PersonIdentity) => post<void>(act(id, "correct"), { ...scope, ...identity }),
  objection: (scope: Scope, id: string, objects: boolean) => post<void>(act(id, "objection"), { ...scope, objects }),
  erase: (scope: Scope, id: string) => post<void>(act(id, "erase"), scope),
};
