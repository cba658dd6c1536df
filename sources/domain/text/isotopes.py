"""Isotopes of the chemical elements: ¹⁴C is no word behind the mark of a note 14."""

import re

# By their number of protons, from 1.
_ELEMENTS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se "
    "Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy "
    "Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf "
    "Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
)
_PROTONS = {symbol: number for number, symbol in enumerate(_ELEMENTS.split(), 1)}
_SYMBOL = re.compile(r"[A-Z][a-z]?(?![^\W\d_])")


def is_isotope(number: str, behind: str) -> bool:
    """Whether a raised number and what is behind it may be an isotope: ³He, but no ³In.

    A nucleus has at least as many nucleons as protons and, as far as any is known, at most three
    times as many.
    """
    symbol = _SYMBOL.match(behind)
    if symbol is None or symbol.group() not in _PROTONS or not number.isdecimal():
        return False
    protons = _PROTONS[symbol.group()]
    return protons <= int(number) <= 3 * protons
