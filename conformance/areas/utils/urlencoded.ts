export { functions } from './multipart.ts'
