export { EntryPage } from "./EntryPage";
export { SetUpPage } from "./SetUpPage";
export { SignInPage } from "./SignInPage";
