/**
 * What a user gets, from a file, a topic or a command line to the lines that come out: the same bits in every way of running, and
 * the promised answer to every bad input.
 */
package io.driftwood.endtoend;
