package dev.storewatch.file;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where it is said how a file is read, in the words of those who can say it there: messages about
 * files advise options, and whoever brings a file has to find them.
 */
public enum OptionWords {
  /** Who calls a command, or uploads, where parameters have the names of the options. */
  COMMAND {
    @Override
    String name(String option) {
      return "--" + option;
    }

    @Override
    String with(Said... options) {
      return Arrays.stream(options)
          .map(said -> "--%s %s".formatted(said.option, quoted(said.text)))
          .collect(Collectors.joining(" "));
    }

    private String quoted(String text) {
      return text.contains(" ") ? "'%s'".formatted(text) : text;
    }
  },

  /** Who puts files into the watched folder. */
  INBOX {
    @Override
    String name(String option) {
      return "the setting %s%s".formatted(SETTING, option);
    }

    @Override
    String with(Said... options) {
      String settings =
          Arrays.stream(options)
              .map(said -> "%s%s: %s".formatted(SETTING, said.option, said.text))
              .collect(Collectors.joining(" and "));
      return (options.length == 1 ? "the setting " : "the settings ") + settings;
    }
  },

  /** Who enters an address that is pulled. */
  SOURCE {
    @Override
    String name(String option) {
      return "%s of the field reading of the source".formatted(option);
    }

    @Override
    String with(Said... options) {
      return Arrays.stream(options)
          .map(said -> "\"%s\": \"%s\"".formatted(said.option, said.text))
          .collect(Collectors.joining(", ", "the field reading of the source, {", "}"));
    }
  };

  private static final String SETTING = "storewatch.inbox.reading.";

  /**
   * An option as it would be right.
   *
   * @param option one of {@link ReadOptions#NAMES}
   */
  record Said(String option, String text) {}

  /** Returns what an option is called. */
  abstract String name(String option);

  /** Returns how options are said, after the word "with". */
  abstract String with(Said... options);

  /** Returns how an option is said, after the word "with". */
  final String with(String option, String text) {
    return with(new Said(option, text));
  }
}
