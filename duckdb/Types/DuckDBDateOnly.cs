using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A DATE by its parts; the years go beyond those of <see cref="DateOnly"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBDateOnly
{
    // The Gregorian calendar repeats after 400 years. Counted from a 1st of March, the leap day is
    // the last of its year, so that no month before it depends on it.
    private const int DaysPerEra = 146_097;
    private const int YearsPerEra = 400;

    // From 0000-03-01 to 1970-01-01.
    private const int DaysToEpoch = 719_468;

    /// <summary>Puts a date together.</summary>
    /// <param name="year">The year; 0 is 1 BC.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to 31.</param>
    public DuckDBDateOnly(int year, byte month, byte day)
    {
        Year = year;
        Month = month;
        Day = day;
    }

    /// <summary>The year; 0 is 1 BC.</summary>
    public int Year { get; }

    /// <summary>1 to 12.</summary>
    public byte Month { get; }

    /// <summary>1 to 31.</summary>
    public byte Day { get; }

    /// <summary>Splits a date; infinities become the days beside the last ones.</summary>
    /// <param name="date">The date.</param>
    public static DuckDBDateOnly FromDuckDBDate(DuckDBDate date)
    {
        var days = (long)date.Days + DaysToEpoch;
        var era = Math.DivRem(days, DaysPerEra, out var dayOfEra);
        if (dayOfEra < 0)
        {
            era--;
            dayOfEra += DaysPerEra;
        }

        var yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - DaysBeforeYear(yearOfEra);
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - DaysBeforeMonth(monthFromMarch) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = (era * YearsPerEra) + yearOfEra + (month <= 2 ? 1 : 0);
        return new DuckDBDateOnly((int)year, (byte)month, (byte)day);
    }

    /// <summary>The date as DuckDB stores it.</summary>
    /// <exception cref="OverflowException">It lies beyond what DuckDB stores.</exception>
    public DuckDBDate ToDuckDBDate()
    {
        var year = (long)Year - (Month <= 2 ? 1 : 0);
        var era = Math.DivRem(year, YearsPerEra, out var yearOfEra);
        if (yearOfEra < 0)
        {
            era--;
            yearOfEra += YearsPerEra;
        }

        var monthFromMarch = Month > 2 ? Month - 3 : Month + 9;
        var days = (era * DaysPerEra) + DaysBeforeYear(yearOfEra) + DaysBeforeMonth(monthFromMarch) + Day - 1;
        return new DuckDBDate { Days = (int)(days - DaysToEpoch) };
    }

    private static long DaysBeforeYear(long yearOfEra) =>
        (365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100);

    private static long DaysBeforeMonth(long monthFromMarch) => ((153 * monthFromMarch) + 2) / 5;
}
