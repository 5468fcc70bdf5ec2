import type { CareStream } from "../api/contract";
import type { Draft } from "../booking/draft";
import type { RequestDetail } from "./contract";

/** A request that the next booking serves: chosen in “Demandes”, shown on the board, never typed. */
export interface LinkedRequest {
  id: string;
  territoryId: string;
  stream: CareStream;
  deadline: string;
  reason: string;
  patient: string;
  commune: string;
  /** What the booking form starts with. */
  draft: Partial<Draft>;
}

/** Everything that was said when the request was opened; nothing is typed twice. */
export function linkTo({ request, patient, note }: RequestDetail): LinkedRequest {
  const draft: Partial<Draft> = {
    careRequestId: request.id,
    vitalSignsExcluded: true, // no request stands without it
    eligibility: request.eligibility,
    reason: request.reason,
    onBehalfOf: request.onBehalfOf ?? "",
    ...(note ? { note } : {}),
    ...(patient
      ? {
          lastName: patient.lastName,
          firstName: patient.firstName,
          usedName: patient.usedName ?? "",
          birthDate: patient.birthDate.split("-").reverse().join("/"),
          sex: patient.sex,
          phone: patient.phone ?? "",
          contactName: patient.contactName ?? "",
          communeCode: patient.communeCode ?? "",
          address: patient.address ?? "",
          registeredGp: patient.registeredGp ?? "",
        }
      : {}),
  };
  const name = patient ? `${patient.usedName || patient.lastName} ${patient.firstName}` : "";
  return { id: request.id, territoryId: request.territoryId, stream: request.stream, deadline: request.deadline, reason: request.reason, patient: name, commune: patient?.communeCode ?? "", draft };
}
