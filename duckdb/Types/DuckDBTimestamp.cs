namespace DuckDB.NET.Native;

/// <summary>A TIMESTAMP by its parts.</summary>
public readonly struct DuckDBTimestamp
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;

    /// <summary>Puts a timestamp together.</summary>
    /// <param name="date">The date.</param>
    /// <param name="time">The time of day.</param>
    public DuckDBTimestamp(DuckDBDateOnly date, DuckDBTimeOnly time)
    {
        Date = date;
        Time = time;
    }

    /// <summary>The date.</summary>
    public DuckDBDateOnly Date { get; }

    /// <summary>The time of day.</summary>
    public DuckDBTimeOnly Time { get; }

    /// <summary>Splits a timestamp that counts microseconds.</summary>
    /// <param name="timestamp">The timestamp.</param>
    public static DuckDBTimestamp FromDuckDBTimestampStruct(DuckDBTimestampStruct timestamp)
    {
        var days = Math.DivRem(timestamp.Micros, MicrosecondsPerDay, out var rest);
        if (rest < 0)
        {
            days--;
            rest += MicrosecondsPerDay;
        }

        var seconds = Math.DivRem(rest, MicrosecondsPerSecond, out var microseconds);
        var time = new DuckDBTimeOnly(
            (byte)(seconds / 3_600),
            (byte)(seconds / 60 % 60),
            (byte)(seconds % 60),
            (int)microseconds);
        var date = DuckDBDateOnly.FromDuckDBDate(new DuckDBDate { Days = (int)days });
        return new DuckDBTimestamp(date, time);
    }

    /// <summary>The timestamp in microseconds, as DuckDB stores it.</summary>
    /// <exception cref="OverflowException">It lies beyond what DuckDB stores.</exception>
    public DuckDBTimestampStruct ToDuckDBTimestampStruct()
    {
        var seconds = (((Time.Hour * 60L) + Time.Min) * 60L) + Time.Sec;
        var ofDay = (seconds * MicrosecondsPerSecond) + Time.Microsecond;
        var micros = ((Int128)Date.ToDuckDBDate().Days * MicrosecondsPerDay) + ofDay;
        return new DuckDBTimestampStruct { Micros = checked((long)micros) };
    }
}
