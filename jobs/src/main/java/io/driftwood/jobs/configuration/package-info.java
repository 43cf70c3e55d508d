/** A job's configuration: the file and what is laid over it, its shape, its problems as people read them, and its JSON Schema. */
package io.driftwood.jobs.configuration;
