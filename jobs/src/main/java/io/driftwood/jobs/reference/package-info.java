/** The reference pages of the documentation, written from the catalogues, the commands and the wire schemas, so that they cannot lag the code. */
package io.driftwood.jobs.reference;
