/** What administrators do to accounts, and everybody to their own. People have no events: what changed is read again. */
import { sessionIs } from "./acts";
import { api, call } from "./client";
import { cache } from "./queries";
import type { NewApiToken, NewUser, Right, RoleBody, Settings, TwoStepSecret, UserChange, Visibility } from "./types";

async function readAgain(...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => cache.invalidateQueries({ queryKey: [key] })));
}

const ofUser = (user: string) => ({ path: { user } });

export async function createUser(user: string, body: NewUser): Promise<void> {
  await call(api.POST("/api/v1/users/{user}", { params: ofUser(user), body }));
  await readAgain("users", "groups");
}

export async function changeUser(user: string, body: UserChange): Promise<void> {
  await call(api.PUT("/api/v1/users/{user}", { params: ofUser(user), body }));
  await readAgain("users", "sessions");
}

export async function deleteUser(user: string): Promise<void> {
  await call(api.DELETE("/api/v1/users/{user}", { params: ofUser(user) }));
  await readAgain("users", "groups", "sessions");
}

/** Answers the new password, which is told this once. */
export async function resetPassword(user: string): Promise<string> {
  const { password } = await call(api.POST("/api/v1/users/{user}/password/reset", { params: ofUser(user), body: {} }));
  await readAgain("users", "sessions");
  return password;
}

export async function resetTwoStep(user: string): Promise<void> {
  await call(api.DELETE("/api/v1/users/{user}/two_step", { params: ofUser(user) }));
  await readAgain("users");
}

export async function unlockUser(user: string): Promise<void> {
  await call(api.POST("/api/v1/users/{user}/unlock", { params: ofUser(user) }));
  await readAgain("users");
}

export async function endSessionsOf(user: string): Promise<void> {
  await call(api.DELETE("/api/v1/users/{user}/sessions/", { params: ofUser(user) }));
  await readAgain("users", "sessions");
}

const ofGroup = (group: string) => ({ path: { group } });

export async function createGroup(group: string, display: string, role: string[]): Promise<void> {
  await call(api.POST("/api/v1/user_groups/{group}", { params: ofGroup(group), body: { display, role } }));
  await readAgain("groups");
}

export async function changeGroup(group: string, display: string, role: string[]): Promise<void> {
  await call(api.PUT("/api/v1/user_groups/{group}", { params: ofGroup(group), body: { display, role } }));
  await readAgain("groups", "roles", "portal");
}

export async function deleteGroup(group: string): Promise<void> {
  await call(api.DELETE("/api/v1/user_groups/{group}", { params: ofGroup(group) }));
  await readAgain("groups", "roles");
}

export async function shareInGroup(group: string, body: Visibility): Promise<void> {
  await call(api.PUT("/api/v1/user_groups/{group}/visibilities/", { params: ofGroup(group), body }));
  await readAgain("groups");
}

export async function addMember(group: string, user: string): Promise<void> {
  await call(api.POST("/api/v1/user_groups/{group}/members/{user}", { params: { path: { group, user } } }));
  await readAgain("groups", "users", "portal");
}

export async function removeMember(group: string, user: string): Promise<void> {
  await call(api.DELETE("/api/v1/user_groups/{group}/members/{user}", { params: { path: { group, user } } }));
  await readAgain("groups", "users", "portal");
}

export async function createRole(role: string, body: RoleBody): Promise<void> {
  await call(api.POST("/api/v1/roles/{role}", { params: { path: { role } }, body }));
  await readAgain("roles");
}

export async function changeRole(role: string, body: RoleBody): Promise<void> {
  await call(api.PUT("/api/v1/roles/{role}", { params: { path: { role } }, body }));
  await readAgain("roles", "portal");
}

export async function deleteRole(role: string): Promise<void> {
  await call(api.DELETE("/api/v1/roles/{role}", { params: { path: { role } } }));
  await readAgain("roles");
}

export async function endSession(session: string): Promise<void> {
  await call(api.DELETE("/api/v1/sessions/{session}", { params: { path: { session } } }));
  await readAgain("sessions", "users");
}

export async function endOtherSessions(): Promise<void> {
  await call(api.DELETE("/api/v1/sessions/"));
  await readAgain("sessions", "users");
}

export async function changeSettings(body: Settings): Promise<void> {
  await call(api.PUT("/api/v1/settings/", { body }));
  await readAgain("settings");
}

export async function changeProfile(nick: string, mail: string): Promise<void> {
  await call(api.PUT("/api/v1/me/", { body: { nick, mail } }));
  await readAgain("me", "users");
}

/** Also ends every other session of this user. */
export async function changePassword(user: string, old: string, wanted: string): Promise<void> {
  await call(api.PUT("/api/v1/users/{user}/password/", { params: ofUser(user), body: { old, new: wanted } }));
  await readAgain("portal", "me", "sessions");
}

export const prepareTwoStep = (password: string): Promise<TwoStepSecret> => call(api.POST("/api/v1/me/two_step", { body: { password } }));

export async function switchTwoStepOn(code: string): Promise<string[]> {
  const { codes } = await call(api.PUT("/api/v1/me/two_step", { body: { code } }));
  await readAgain("me", "users");
  return codes;
}

export async function switchTwoStepOff(password: string): Promise<void> {
  await call(api.POST("/api/v1/me/two_step/off", { body: { password } }));
  await readAgain("me", "users");
}

export async function renewCodes(password: string): Promise<string[]> {
  const { codes } = await call(api.POST("/api/v1/me/two_step/recovery_codes", { body: { password } }));
  await readAgain("me");
  return codes;
}

export async function makeToken(name: string, rights: Right[], days: number): Promise<NewApiToken> {
  const made = await call(api.POST("/api/v1/me/tokens/", { body: { name, rights, days } }));
  await readAgain("tokens");
  return made;
}

export async function revokeToken(id: string): Promise<void> {
  await call(api.DELETE("/api/v1/me/tokens/{id}", { params: { path: { id } } }));
  await readAgain("tokens");
}

/** The second step of a sign-in. */
export async function giveCode(code: string): Promise<void> {
  sessionIs(await call(api.POST("/api/v1/portal/code", { body: { code } })));
}
