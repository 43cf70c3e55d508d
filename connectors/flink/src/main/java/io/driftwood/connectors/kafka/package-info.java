/** Kafka topics as sources and sinks, and the questions asked of a broker before a job starts. */
package io.driftwood.connectors.kafka;
