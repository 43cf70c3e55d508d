/** The O-ring stream as a show: the same job as a replay's, with lines for people in the place of JSON. */
package io.driftwood.jobs.demo;
