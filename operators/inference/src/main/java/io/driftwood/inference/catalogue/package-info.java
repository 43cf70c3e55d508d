/** What can be configured, described once: shapes, options, catalogues, and the checker over them. */
package io.driftwood.inference.catalogue;
