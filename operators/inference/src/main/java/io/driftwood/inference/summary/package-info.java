/** What people read: moments, quantiles, evidence. */
package io.driftwood.inference.summary;
