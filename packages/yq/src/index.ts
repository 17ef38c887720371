export { type DocumentInfo, type Kind, Node, Style } from './tree/node.ts'
export { iterateDocuments, readDocuments, type ReadOptions } from './reader/read.ts'
export { fromValue, type PlainValue, type PlainValueOptions, toValue } from './tree/plain-value.ts'
