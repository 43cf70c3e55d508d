/** The command line: one class per command, exit codes, and how failures are told. */
package io.driftwood.jobs.command;
