package dev.storewatch.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of files of Parquet tell. Spark starts a job to find the columns of a file, and one
 * more to find the greatest value of one; a look from here costs neither.
 */
final class ParquetFooters {
  /** Of more files, executors look together. */
  private static final int MOST_FILES = 32;

  private final ParquetToSparkSchemaConverter types;
  private final Configuration hadoop;

  ParquetFooters(SparkSession spark, Configuration hadoop) {
    this.types = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    this.hadoop = hadoop;
  }

  private ParquetMetadata footer(String file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), hadoop))) {
      return reader.getFooter();
    }
  }

  /** Returns the columns of a file, as Spark reads them. */
  StructType columns(String file) throws IOException {
    return types.convert(footer(file).getFileMetaData().getSchema());
  }

  /** Returns the newest poll of some files, in microseconds; null if they do not tell. */
  @Nullable Long newest(List<String> files) {
    if (files.size() > MOST_FILES) {
      return null;
    }
    try {
      Long newest = null;
      for (String file : files) {
        ParquetMetadata footer = footer(file);
        if (!hasMicros(footer.getFileMetaData().getSchema())) {
          return null;
        }
        for (BlockMetaData block : footer.getBlocks()) {
          Long own = newest(block);
          if (own == null) {
            return null;
          }
          newest = newest == null ? own : Long.valueOf(Math.max(newest, own));
        }
      }
      return newest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasMicros(MessageType columns) {
    return columns.containsField(StoreRows.AT)
        && columns.getType(StoreRows.AT).getLogicalTypeAnnotation()
            instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.isAdjustedToUTC()
        && timestamp.getUnit() == LogicalTypeAnnotation.TimeUnit.MICROS;
  }

  private static @Nullable Long newest(BlockMetaData block) {
    for (ColumnChunkMetaData column : block.getColumns()) {
      if (column.getPath().toDotString().equals(StoreRows.AT)) {
        return column.getStatistics() instanceof LongStatistics values && values.hasNonNullValue()
            ? Long.valueOf(values.getMax())
            : null;
      }
    }
    return null;
  }
}
