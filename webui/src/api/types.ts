/** Names for the objects of the API; their fields are generated into schema.d.ts. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Portal = Schemas["PortalState"];
export type Right = Schemas["Right"];
export type Zone = Schemas["ZoneStatus"];
export type Guest = Schemas["GuestConfig"];
export type NewGuest = Schemas["NewGuest"];
export type GuestSearch = Schemas["GuestSearch"];
export type GuestPage = Schemas["GuestSearchResult"];
export type Pool = Schemas["PoolItem"];
export type PoolStatus = Schemas["PoolStatus"];
export type Cell = Schemas["CellItem"];
export type CellStatus = Schemas["CellStatusItem"];
export type JoinToken = Schemas["JoinToken"];
export type Image = Schemas["ImageItem"];
export type Template = Schemas["TemplateItem"];
export type Operation = Schemas["OperationItem"];
export type OperationDetail = Schemas["OperationDetail"];
export type OperationPage = Schemas["OperationPage"];
export type Channel = Schemas["Channel"];
