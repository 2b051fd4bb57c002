export { Memory } from "mem0ai/oss";
