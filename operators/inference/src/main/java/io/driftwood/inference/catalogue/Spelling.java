package io.driftwood.inference.catalogue;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The nearest known word to a mistyped one, by the optimal string alignment distance: insertions, deletions, substitutions and
 * swaps of neighbours cost 1 each. Case, and the difference between {@code -}, {@code _} and a space, cost nothing.
 */
public final class Spelling {

    private Spelling() {}

    /** The nearest word within a third of the length typed (at least 2 edits); of equals the first. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        String from = plain(typed);
        int best = Math.max(2, from.length() / 3) + 1;
        String found = null;
        for (String word : known) {
            int distance = distance(from, plain(word));
            // A word made entirely of edits is not a neighbour.
            if (distance < best && distance < Math.max(from.length(), word.length())) {
                best = distance;
                found = word;
            }
        }
        return Optional.ofNullable(found);
    }

    static int distance(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = back[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, 1 + Math.min(back[j], row[j - 1]));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            int[] spare = twoBack;
            twoBack = back;
            back = row;
            row = spare;
        }
        return back[b.length()];
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    }
}
