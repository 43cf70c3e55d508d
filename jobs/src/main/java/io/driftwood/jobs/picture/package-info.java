/** Pictures of draws, as SVG that any browser shows. */
package io.driftwood.jobs.picture;
