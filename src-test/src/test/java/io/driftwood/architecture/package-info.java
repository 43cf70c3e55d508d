/** The laws of the house, held against the compiled classes of every room and the sources of every test. */
package io.driftwood.architecture;
