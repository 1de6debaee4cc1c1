package dev.storewatch.bench;

import dev.storewatch.file.GzipInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A way to unpack gzip. */
enum Unpacking {
  STOREWATCH("Storewatch") {
    @Override
    InputStream open(InputStream packed) {
      return new GzipInput(packed);
    }
  },
  COMMONS_COMPRESS("commons-compress") {
    @Override
    InputStream open(InputStream packed) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(packed)
          .setDecompressConcatenated(true)
          .get();
    }
  },
  JDK("java.util.zip") {
    @Override
    InputStream open(InputStream packed) throws IOException {
      return new GZIPInputStream(packed, BUFFER);
    }
  };

  /** As large as that of Storewatch; that of commons-compress cannot be chosen. */
  private static final int BUFFER = 64 * 1024;

  private final String title;

  Unpacking(String title) {
    this.title = title;
  }

  /** Returns what a packed stream unpacks to. */
  abstract InputStream open(InputStream packed) throws IOException;

  /** Returns its name for people. */
  String title() {
    return title;
  }
}
