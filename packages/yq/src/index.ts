export { type DocumentInfo, type Kind, Node, Style } from './tree/node.ts'
