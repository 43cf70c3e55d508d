/** Files of lines: read in one order and from any line on, written so that a restored job leaves each record in them once. */
package io.driftwood.connectors.file;
