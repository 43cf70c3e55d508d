/** What a source and a sink are, to those who compose a job and to those who write one. */
package io.driftwood.connectors.contract;
