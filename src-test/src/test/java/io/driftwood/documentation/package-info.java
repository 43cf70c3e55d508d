/** The documentation and the deployment files, held to what is there. */
package io.driftwood.documentation;
