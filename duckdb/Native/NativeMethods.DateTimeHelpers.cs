using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

public static partial class NativeMethods
{
    /// <summary>Dates and times between their forms.</summary>
    public static partial class DateTimeHelpers
    {
        /// <summary>Splits a time of day.</summary>
        /// <param name="time">The time.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_from_time")]
        public static partial DuckDBTimeOnly DuckDBFromTime(DuckDBTime time);

        /// <summary>Joins a time of day.</summary>
        /// <param name="time">The time.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_to_time")]
        public static partial DuckDBTime DuckDBToTime(DuckDBTimeOnly time);

        /// <summary>Splits a time of day with its offset.</summary>
        /// <param name="time">The time.</param>
        [LibraryImport(LibraryName, EntryPoint = "duckdb_from_time_tz")]
        public static partial DuckDBTimeTz DuckDBFromTimeTz(DuckDBTimeTzStruct time);
    }
}
