import { operationsQuery } from "@/api/queries";

/** The newest operations, as the bell and the bar show them. */
export const recentQuery = operationsQuery({ limit: 50 });
