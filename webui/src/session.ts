/** Who is signed in and what they may do. */
import { useQuery } from "@tanstack/react-query";

import { portalQuery } from "@/api/queries";
import type { Portal, Right } from "@/api/types";

/** The answer of GET /portal/; only used below the gate, where it is there. */
export function usePortal(): Portal {
  const { data } = useQuery(portalQuery);
  if (!data) throw new Error("the portal's state is used before it is known");
  return data;
}

export function useMay(): (right: Right) => boolean {
  const { rights } = usePortal();
  return (right) => rights.includes(right);
}
