/** What a user's problem is: parameters, prior, likelihood; the built-in models. */
package io.driftwood.inference.model;
