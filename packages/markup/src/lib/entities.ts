/**
 * The named character references of HTML, from the WHATWG's list
 * (https://html.spec.whatwg.org/multipage/named-characters.html). In a file of its own, so that bundlers drop it where
 * nothing is unescaped.
 */

/** The names that end with a semicolon, without it. */
export const entityNames: string = `
AElig AMP Aacute Abreve Acirc Acy Afr Agrave Alpha Amacr And Aogon Aopf ApplyFunction Aring Ascr Assign Atilde Auml
Backslash Barv Barwed Bcy Because Bernoullis Beta Bfr Bopf Breve Bscr Bumpeq CHcy COPY Cacute Cap CapitalDifferentialD
Cayleys Ccaron Ccedil Ccirc Cconint Cdot Cedilla CenterDot Cfr Chi CircleDot CircleMinus CirclePlus CircleTimes
ClockwiseContourIntegral CloseCurlyDoubleQuote CloseCurlyQuote Colon Colone Congruent Conint ContourIntegral Copf
Coproduct CounterClockwiseContourIntegral Cross Cscr Cup CupCap DD DDotrahd DJcy DScy DZcy Dagger Darr Dashv Dcaron
Dcy Del Delta Dfr DiacriticalAcute DiacriticalDot DiacriticalDoubleAcute DiacriticalGrave DiacriticalTilde Diamond
DifferentialD Dopf Dot DotDot DotEqual DoubleContourIntegral DoubleDot DoubleDownArrow DoubleLeftArrow
DoubleLeftRightArrow DoubleLeftTee DoubleLongLeftArrow DoubleLongLeftRightArrow DoubleLongRightArrow DoubleRightArrow
DoubleRightTee DoubleUpArrow DoubleUpDownArrow DoubleVerticalBar DownArrow DownArrowBar DownArrowUpArrow DownBreve
DownLeftRightVector DownLeftTeeVector DownLeftVector DownLeftVectorBar DownRightTeeVector DownRightVector
DownRightVectorBar DownTee DownTeeArrow Downarrow Dscr Dstrok ENG ETH Eacute Ecaron Ecirc Ecy Edot Efr Egrave Element
Emacr EmptySmallSquare EmptyVerySmallSquare Eogon Eopf Epsilon Equal EqualTilde Equilibrium Escr Esim Eta Euml Exists
ExponentialE Fcy Ffr FilledSmallSquare FilledVerySmallSquare Fopf ForAll Fouriertrf Fscr GJcy GT Gamma Gammad Gbreve
Gcedil Gcirc Gcy Gdot Gfr Gg Gopf GreaterEqual GreaterEqualLess GreaterFullEqual GreaterGreater GreaterLess
GreaterSlantEqual GreaterTilde Gscr Gt HARDcy Hacek Hat Hcirc Hfr HilbertSpace Hopf HorizontalLine Hscr Hstrok
HumpDownHump HumpEqual IEcy IJlig IOcy Iacute Icirc Icy Idot Ifr Igrave Im Imacr ImaginaryI Implies Int Integral
Intersection InvisibleComma InvisibleTimes Iogon Iopf Iota Iscr Itilde Iukcy Iuml Jcirc Jcy Jfr Jopf Jscr Jsercy Jukcy
KHcy KJcy Kappa Kcedil Kcy Kfr Kopf Kscr LJcy LT Lacute Lambda Lang Laplacetrf Larr Lcaron Lcedil Lcy LeftAngleBracket
LeftArrow LeftArrowBar LeftArrowRightArrow LeftCeiling LeftDoubleBracket LeftDownTeeVector LeftDownVector
LeftDownVectorBar LeftFloor LeftRightArrow LeftRightVector LeftTee LeftTeeArrow LeftTeeVector LeftTriangle
LeftTriangleBar LeftTriangleEqual LeftUpDownVector LeftUpTeeVector LeftUpVector LeftUpVectorBar LeftVector
LeftVectorBar Leftarrow Leftrightarrow LessEqualGreater LessFullEqual LessGreater LessLess LessSlantEqual LessTilde
Lfr Ll Lleftarrow Lmidot LongLeftArrow LongLeftRightArrow LongRightArrow Longleftarrow Longleftrightarrow
Longrightarrow Lopf LowerLeftArrow LowerRightArrow Lscr Lsh Lstrok Lt Map Mcy MediumSpace Mellintrf Mfr MinusPlus Mopf
Mscr Mu NJcy Nacute Ncaron Ncedil Ncy NegativeMediumSpace NegativeThickSpace NegativeThinSpace NegativeVeryThinSpace
NestedGreaterGreater NestedLessLess NewLine Nfr NoBreak NonBreakingSpace Nopf Not NotCongruent NotCupCap
NotDoubleVerticalBar NotElement NotEqual NotEqualTilde NotExists NotGreater NotGreaterEqual NotGreaterFullEqual
NotGreaterGreater NotGreaterLess NotGreaterSlantEqual NotGreaterTilde NotHumpDownHump NotHumpEqual NotLeftTriangle
NotLeftTriangleBar NotLeftTriangleEqual NotLess NotLessEqual NotLessGreater NotLessLess NotLessSlantEqual NotLessTilde
NotNestedGreaterGreater NotNestedLessLess NotPrecedes NotPrecedesEqual NotPrecedesSlantEqual NotReverseElement
NotRightTriangle NotRightTriangleBar NotRightTriangleEqual NotSquareSubset NotSquareSubsetEqual NotSquareSuperset
NotSquareSupersetEqual NotSubset NotSubsetEqual NotSucceeds NotSucceedsEqual NotSucceedsSlantEqual NotSucceedsTilde
NotSuperset NotSupersetEqual NotTilde NotTildeEqual NotTildeFullEqual NotTildeTilde NotVerticalBar Nscr Ntilde Nu
OElig Oacute Ocirc Ocy Odblac Ofr Ograve Omacr Omega Omicron Oopf OpenCurlyDoubleQuote OpenCurlyQuote Or Oscr Oslash
Otilde Otimes Ouml OverBar OverBrace OverBracket OverParenthesis PartialD Pcy Pfr Phi Pi PlusMinus Poincareplane Popf
Pr Precedes PrecedesEqual PrecedesSlantEqual PrecedesTilde Prime Product Proportion Proportional Pscr Psi QUOT Qfr
Qopf Qscr RBarr REG Racute Rang Rarr Rarrtl Rcaron Rcedil Rcy Re ReverseElement ReverseEquilibrium
ReverseUpEquilibrium Rfr Rho RightAngleBracket RightArrow RightArrowBar RightArrowLeftArrow RightCeiling
RightDoubleBracket RightDownTeeVector RightDownVector RightDownVectorBar RightFloor RightTee RightTeeArrow
RightTeeVector RightTriangle RightTriangleBar RightTriangleEqual RightUpDownVector RightUpTeeVector RightUpVector
RightUpVectorBar RightVector RightVectorBar Rightarrow Ropf RoundImplies Rrightarrow Rscr Rsh RuleDelayed SHCHcy SHcy
SOFTcy Sacute Sc Scaron Scedil Scirc Scy Sfr ShortDownArrow ShortLeftArrow ShortRightArrow ShortUpArrow Sigma
SmallCircle Sopf Sqrt Square SquareIntersection SquareSubset SquareSubsetEqual SquareSuperset SquareSupersetEqual
SquareUnion Sscr Star Sub Subset SubsetEqual Succeeds SucceedsEqual SucceedsSlantEqual SucceedsTilde SuchThat Sum Sup
Superset SupersetEqual Supset THORN TRADE TSHcy TScy Tab Tau Tcaron Tcedil Tcy Tfr Therefore Theta ThickSpace
ThinSpace Tilde TildeEqual TildeFullEqual TildeTilde Topf TripleDot Tscr Tstrok Uacute Uarr Uarrocir Ubrcy Ubreve
Ucirc Ucy Udblac Ufr Ugrave Umacr UnderBar UnderBrace UnderBracket UnderParenthesis Union UnionPlus Uogon Uopf UpArrow
UpArrowBar UpArrowDownArrow UpDownArrow UpEquilibrium UpTee UpTeeArrow Uparrow Updownarrow UpperLeftArrow
UpperRightArrow Upsi Upsilon Uring Uscr Utilde Uuml VDash Vbar Vcy Vdash Vdashl Vee Verbar Vert VerticalBar
VerticalLine VerticalSeparator VerticalTilde VeryThinSpace Vfr Vopf Vscr Vvdash Wcirc Wedge Wfr Wopf Wscr Xfr Xi Xopf
Xscr YAcy YIcy YUcy Yacute Ycirc Ycy Yfr Yopf Yscr Yuml ZHcy Zacute Zcaron Zcy Zdot ZeroWidthSpace Zeta Zfr Zopf Zscr
aacute abreve ac acE acd acirc acute acy aelig af afr agrave alefsym aleph alpha amacr amalg amp and andand andd
andslope andv ang ange angle angmsd angmsdaa angmsdab angmsdac angmsdad angmsdae angmsdaf angmsdag angmsdah angrt
angrtvb angrtvbd angsph angst angzarr aogon aopf ap apE apacir ape apid apos approx approxeq aring ascr ast asymp
asympeq atilde auml awconint awint bNot backcong backepsilon backprime backsim backsimeq barvee barwed barwedge bbrk
bbrktbrk bcong bcy bdquo becaus because bemptyv bepsi bernou beta beth between bfr bigcap bigcirc bigcup bigodot
bigoplus bigotimes bigsqcup bigstar bigtriangledown bigtriangleup biguplus bigvee bigwedge bkarow blacklozenge
blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright blank blk12 blk14 blk34 block bne
bnequiv bnot bopf bot bottom bowtie boxDL boxDR boxDl boxDr boxH boxHD boxHU boxHd boxHu boxUL boxUR boxUl boxUr boxV
boxVH boxVL boxVR boxVh boxVl boxVr boxbox boxdL boxdR boxdl boxdr boxh boxhD boxhU boxhd boxhu boxminus boxplus
boxtimes boxuL boxuR boxul boxur boxv boxvH boxvL boxvR boxvh boxvl boxvr bprime breve brvbar bscr bsemi bsim bsime
bsol bsolb bsolhsub bull bullet bump bumpE bumpe bumpeq cacute cap capand capbrcup capcap capcup capdot caps caret
caron ccaps ccaron ccedil ccirc ccups ccupssm cdot cedil cemptyv cent centerdot cfr chcy check checkmark chi cir cirE
circ circeq circlearrowleft circlearrowright circledR circledS circledast circledcirc circleddash cire cirfnint cirmid
cirscir clubs clubsuit colon colone coloneq comma commat comp compfn complement complexes cong congdot conint copf
coprod copy copysr crarr cross cscr csub csube csup csupe ctdot cudarrl cudarrr cuepr cuesc cularr cularrp cup
cupbrcap cupcap cupcup cupdot cupor cups curarr curarrm curlyeqprec curlyeqsucc curlyvee curlywedge curren
curvearrowleft curvearrowright cuvee cuwed cwconint cwint cylcty dArr dHar dagger daleth darr dash dashv dbkarow dblac
dcaron dcy dd ddagger ddarr ddotseq deg delta demptyv dfisht dfr dharl dharr diam diamond diamondsuit diams die
digamma disin div divide divideontimes divonx djcy dlcorn dlcrop dollar dopf dot doteq doteqdot dotminus dotplus
dotsquare doublebarwedge downarrow downdownarrows downharpoonleft downharpoonright drbkarow drcorn drcrop dscr dscy
dsol dstrok dtdot dtri dtrif duarr duhar dwangle dzcy dzigrarr eDDot eDot eacute easter ecaron ecir ecirc ecolon ecy
edot ee efDot efr eg egrave egs egsdot el elinters ell els elsdot emacr empty emptyset emptyv emsp emsp13 emsp14 eng
ensp eogon eopf epar eparsl eplus epsi epsilon epsiv eqcirc eqcolon eqsim eqslantgtr eqslantless equals equest equiv
equivDD eqvparsl erDot erarr escr esdot esim eta eth euml euro excl exist expectation exponentiale fallingdotseq fcy
female ffilig fflig ffllig ffr filig fjlig flat fllig fltns fnof fopf forall fork forkv fpartint frac12 frac13 frac14
frac15 frac16 frac18 frac23 frac25 frac34 frac35 frac38 frac45 frac56 frac58 frac78 frasl frown fscr gE gEl gacute
gamma gammad gap gbreve gcirc gcy gdot ge gel geq geqq geqslant ges gescc gesdot gesdoto gesdotol gesl gesles gfr gg
ggg gimel gjcy gl glE gla glj gnE gnap gnapprox gne gneq gneqq gnsim gopf grave gscr gsim gsime gsiml gt gtcc gtcir
gtdot gtlPar gtquest gtrapprox gtrarr gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq gvnE hArr hairsp half
hamilt hardcy harr harrcir harrw hbar hcirc hearts heartsuit hellip hercon hfr hksearow hkswarow hoarr homtht
hookleftarrow hookrightarrow hopf horbar hscr hslash hstrok hybull hyphen iacute ic icirc icy iecy iexcl iff ifr
igrave ii iiiint iiint iinfin iiota ijlig imacr image imagline imagpart imath imof imped in incare infin infintie
inodot int intcal integers intercal intlarhk intprod iocy iogon iopf iota iprod iquest iscr isin isinE isindot isins
isinsv isinv it itilde iukcy iuml jcirc jcy jfr jmath jopf jscr jsercy jukcy kappa kappav kcedil kcy kfr kgreen khcy
kjcy kopf kscr lAarr lArr lAtail lBarr lE lEg lHar lacute laemptyv lagran lambda lang langd langle lap laquo larr
larrb larrbfs larrfs larrhk larrlp larrpl larrsim larrtl lat latail late lates lbarr lbbrk lbrace lbrack lbrke lbrksld
lbrkslu lcaron lcedil lceil lcub lcy ldca ldquo ldquor ldrdhar ldrushar ldsh le leftarrow leftarrowtail
leftharpoondown leftharpoonup leftleftarrows leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow
leftthreetimes leg leq leqq leqslant les lescc lesdot lesdoto lesdotor lesg lesges lessapprox lessdot lesseqgtr
lesseqqgtr lessgtr lesssim lfisht lfloor lfr lg lgE lhard lharu lharul lhblk ljcy ll llarr llcorner llhard lltri
lmidot lmoust lmoustache lnE lnap lnapprox lne lneq lneqq lnsim loang loarr lobrk longleftarrow longleftrightarrow
longmapsto longrightarrow looparrowleft looparrowright lopar lopf loplus lotimes lowast lowbar loz lozenge lozf lpar
lparlt lrarr lrcorner lrhar lrhard lrm lrtri lsaquo lscr lsh lsim lsime lsimg lsqb lsquo lsquor lstrok lt ltcc ltcir
ltdot lthree ltimes ltlarr ltquest ltrPar ltri ltrie ltrif lurdshar luruhar lvertneqq lvnE mDDot macr male malt
maltese map mapsto mapstodown mapstoleft mapstoup marker mcomma mcy mdash measuredangle mfr mho micro mid midast
midcir middot minus minusb minusd minusdu mlcp mldr mnplus models mopf mp mscr mstpos mu multimap mumap nGg nGt nGtv
nLeftarrow nLeftrightarrow nLl nLt nLtv nRightarrow nVDash nVdash nabla nacute nang nap napE napid napos napprox natur
natural naturals nbsp nbump nbumpe ncap ncaron ncedil ncong ncongdot ncup ncy ndash ne neArr nearhk nearr nearrow
nedot nequiv nesear nesim nexist nexists nfr ngE nge ngeq ngeqq ngeqslant nges ngsim ngt ngtr nhArr nharr nhpar ni nis
nisd niv njcy nlArr nlE nlarr nldr nle nleftarrow nleftrightarrow nleq nleqq nleqslant nles nless nlsim nlt nltri
nltrie nmid nopf not notin notinE notindot notinva notinvb notinvc notni notniva notnivb notnivc npar nparallel nparsl
npart npolint npr nprcue npre nprec npreceq nrArr nrarr nrarrc nrarrw nrightarrow nrtri nrtrie nsc nsccue nsce nscr
nshortmid nshortparallel nsim nsime nsimeq nsmid nspar nsqsube nsqsupe nsub nsubE nsube nsubset nsubseteq nsubseteqq
nsucc nsucceq nsup nsupE nsupe nsupset nsupseteq nsupseteqq ntgl ntilde ntlg ntriangleleft ntrianglelefteq
ntriangleright ntrianglerighteq nu num numero numsp nvDash nvHarr nvap nvdash nvge nvgt nvinfin nvlArr nvle nvlt
nvltrie nvrArr nvrtrie nvsim nwArr nwarhk nwarr nwarrow nwnear oS oacute oast ocir ocirc ocy odash odblac odiv odot
odsold oelig ofcir ofr ogon ograve ogt ohbar ohm oint olarr olcir olcross oline olt omacr omega omicron omid ominus
oopf opar operp oplus or orarr ord order orderof ordf ordm origof oror orslope orv oscr oslash osol otilde otimes
otimesas ouml ovbar par para parallel parsim parsl part pcy percnt period permil perp pertenk pfr phi phiv phmmat
phone pi pitchfork piv planck planckh plankv plus plusacir plusb pluscir plusdo plusdu pluse plusmn plussim plustwo pm
pointint popf pound pr prE prap prcue pre prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim
prime primes prnE prnap prnsim prod profalar profline profsurf prop propto prsim prurel pscr psi puncsp qfr qint qopf
qprime qscr quaternions quatint quest questeq quot rAarr rArr rAtail rBarr rHar race racute radic raemptyv rang rangd
range rangle raquo rarr rarrap rarrb rarrbfs rarrc rarrfs rarrhk rarrlp rarrpl rarrsim rarrtl rarrw ratail ratio
rationals rbarr rbbrk rbrace rbrack rbrke rbrksld rbrkslu rcaron rcedil rceil rcub rcy rdca rdldhar rdquo rdquor rdsh
real realine realpart reals rect reg rfisht rfloor rfr rhard rharu rharul rho rhov rightarrow rightarrowtail
rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows rightsquigarrow rightthreetimes
ring risingdotseq rlarr rlhar rlm rmoust rmoustache rnmid roang roarr robrk ropar ropf roplus rotimes rpar rpargt
rppolint rrarr rsaquo rscr rsh rsqb rsquo rsquor rthree rtimes rtri rtrie rtrif rtriltri ruluhar rx sacute sbquo sc
scE scap scaron sccue sce scedil scirc scnE scnap scnsim scpolint scsim scy sdot sdotb sdote seArr searhk searr
searrow sect semi seswar setminus setmn sext sfr sfrown sharp shchcy shcy shortmid shortparallel shy sigma sigmaf
sigmav sim simdot sime simeq simg simgE siml simlE simne simplus simrarr slarr smallsetminus smashp smeparsl smid
smile smt smte smtes softcy sol solb solbar sopf spades spadesuit spar sqcap sqcaps sqcup sqcups sqsub sqsube sqsubset
sqsubseteq sqsup sqsupe sqsupset sqsupseteq squ square squarf squf srarr sscr ssetmn ssmile sstarf star starf
straightepsilon straightphi strns sub subE subdot sube subedot submult subnE subne subplus subrarr subset subseteq
subseteqq subsetneq subsetneqq subsim subsub subsup succ succapprox succcurlyeq succeq succnapprox succneqq succnsim
succsim sum sung sup sup1 sup2 sup3 supE supdot supdsub supe supedot suphsol suphsub suplarr supmult supnE supne
supplus supset supseteq supseteqq supsetneq supsetneqq supsim supsub supsup swArr swarhk swarr swarrow swnwar szlig
target tau tbrk tcaron tcedil tcy tdot telrec tfr there4 therefore theta thetasym thetav thickapprox thicksim thinsp
thkap thksim thorn tilde times timesb timesbar timesd tint toea top topbot topcir topf topfork tosa tprime trade
triangle triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq tridot trie triminus triplus
trisb tritime trpezium tscr tscy tshcy tstrok twixt twoheadleftarrow twoheadrightarrow uArr uHar uacute uarr ubrcy
ubreve ucirc ucy udarr udblac udhar ufisht ufr ugrave uharl uharr uhblk ulcorn ulcorner ulcrop ultri umacr uml uogon
uopf uparrow updownarrow upharpoonleft upharpoonright uplus upsi upsih upsilon upuparrows urcorn urcorner urcrop uring
urtri uscr utdot utilde utri utrif uuarr uuml uwangle vArr vBar vBarv vDash vangrt varepsilon varkappa varnothing
varphi varpi varpropto varr varrho varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta
vartriangleleft vartriangleright vcy vdash vee veebar veeeq vellip verbar vert vfr vltri vnsub vnsup vopf vprop vrtri
vscr vsubnE vsubne vsupnE vsupne vzigzag wcirc wedbar wedge wedgeq weierp wfr wopf wp wr wreath wscr xcap xcirc xcup
xdtri xfr xhArr xharr xi xlArr xlarr xmap xnis xodot xopf xoplus xotime xrArr xrarr xscr xsqcup xuplus xutri xvee
xwedge yacute yacy ycirc ycy yen yfr yicy yopf yscr yucy yuml zacute zcaron zcy zdot zeetrf zeta zfr zhcy zigrarr zopf
zscr zwj zwnj`

/** The values of `entityNames`, in the same order: code points in base 36, two of them joined by `+`. */
export const entityValues: string = `
5i 12 5d 76 5e sw 2kn8 5c pd 74 8cz 78 2koo 6e9 5h 2kkc 6s4 5f 5g 6qe 8h3 6x2 sx 6r9 6jw pe 2kn9 2kop k8 6jw 6ry tj 4p
7a 6vm 6kl 6jx 7g 5j 7c 6r4 7e 54 53 6jx pz 6u1 6ty 6tx 6tz 6r6 6cd 6c9 6rb 8dw 6sh 6r3 6r2 6iq 6q8 6r7 8bz 2kke 6vn
6rx 6kl 841 si sl sv 6ch 6n5 8h0 7i t0 6pz pg 2knb 50 k9 kd 2o kc 6v8 6km 2kor 4o 6ho 6s0 6r3 4o 6oj 6og 6ok 8h0 7w8
7wa 7w9 6oi 6ug 6oh 6ol 6qt 6mr 843 6ph lt 85s 866 6nx 85y 867 6o1 85z 6uc 6nb 6oj 2kkf 7k 96 5s 5l 7u 5m tp 7q 2knc
5k 6q0 7m 7i3 7fv 7s 2kos ph 8dx 6rm 6oc 6k0 8dv pj 5n 6pv 6kn tg 2knd 7i4 7fu 2kot 6ps 6k1 6k1 sj 1q pf rg 7y 82 7w
sz 80 2kne 6vt 2kou 6sl 6vv 6sn 8f6 6t3 8e6 6sz 2kki 6sr tm jr 2m 84 6j0 6iz 6j1 7b4 6iz 86 6ry 6rz t1 8i sh 5p 5q t4
8g 6j5 5o 6j5 8a 6ko 6oi 6r0 6qz 6v6 6eb 6ea 8e 2kow pl 6j4 88 sm 5r 8k t5 2knh 2kox 2kkl so sk th ss pm 8m t6 2kni
2koy 2kkm sp 1o 8p pn 7vu 6j6 6n2 8t 8r t7 7vs 6mo 6p0 6o6 6x4 7vq 869 6o3 861 6x6 6ms 85q 6ub 6n8 862 6uq 89b 6us 85t
868 6nz 860 6nw 85u 6og 6ok 6vu 6sm 6t2 8f5 8e5 6sy 2knj 6vs 6oq 8v 7w5 7w7 7w6 7w8 7wa 7w9 2koz 6mx 6mw 6j6 6nk 8x
6sq 83p t8 6e7 6k3 2knk 6qb 2kp0 6k3 po sq 8z 93 91 t9 6bv 6bv 6bv 6bv 6sr 6sq a 2knl 6e8 4g 6j9 8h8 6si 6st 6qu 6q1
6sg 6rm+mw 6pw 6sv 6sx 6sn+mw 6sr+mw 6t5 8e6+mw 6t1 6ry+mw 6rz+mw 6wa 89b+mw 6wc 6su 6sw 6t4 6sq+mw 8e5+mw 6t0 8f6+mw
8f5+mw 6tc 8fj+mw 6w0 6q4 6wb 89c+mw 6wd 6tr+mw 6w2 6ts+mw 6w3 6te+6he 6tk 6td 8fk+mw 6w1 6tb+mw 6tf+6he 6tl 6rl 6ro
6rr 6rt 6qs 2kkp 5t pp 9e 5v 5w ta 9c 2knm 5u 98 q1 pr 2kp2 6cc 6c8 8d0 2kkq 60 5x 8c7 5y 6da 732 71w 730 6pu tb 2knn
py ps 4x 6j0 6jd 8fv 6t6 8fj 6t8 6ta 6cz 6q7 6rb 6ql 2kkr q0 y 2kno 6je 2kks 840 4u 9g 7vv 6n4 846 9k 9i tc 6jg 6q3
6ob 86n 6jg pt 7vt 6mq 6p1 6o4 6x5 7vr 865 6o2 85x 6x7 6ua 6na 863 6ur 89c 6ut 85r 864 6ny 85w 6o0 85v 6oi 6jh 86o 6or
6jf 6nl 8ac tl tk to 9m 8fw 9s 9q 9o td 2knq 6mr 6mo 6mq 6mp pv 6qg 2kp6 6qi 7fl 6tv 6tr 6tt 6ts 6tu 6tw 2kku 6va 6vk
6vk 6ti 6t7 8fk 6t9 6tb 6q3 6q9 6vl 6tf 6tj 6vl 66 6jm sr ti 9 pw 9w 9u te 2knr 6r8 pk 6e7+6bu 6bt 6rg 6rn 6rp 6rs
2kp7 6hn 2kkv 9y 62 6n3 85l su a4 63 tf a8 2kns 61 a2 2n 733 71x 731 6v7 6tq aa 2kp8 6mp 842 6o5 6mt 86m 6ud 6n9 6oh
6ol 6mu 6mv r6 px a6 2kkw a0 64 6uj 8h7 sy 6uh 8h2 6v5 6c6 6c6 6qr 3g 7rs 6rk 6bu 2knt 2kp9 2kkx 6ui ac 6v4 2knu 2kpa
2kky 2knv pq 2kpb 2kkz tr sn tq 65 ae tn 2knw 2kpc 2kl0 ag t2 ah al t3 aj 6bv pi 6js 6jo 2kl1 69 77 6ri 6ri+mr 6rj 6a
50 ts 6e 6e9 2kny 68 6k5 6k5 q9 75 8cf 12 6qv 8d1 8d8 8d4 8d6 6qo 884 6qo 6qp 888 889 88a 88b 88c 88d 88e 88f 6qn 6v2
87x 6qq 5h 70c 79 2kpe 6rs 8ds 8dr 6ru 6rv 13 6rs 6ru 6d 2kl2 16 6rs 6rx 6b 6c 6r7 8b5 8h9 6rw s6 6d1 6rh 6vh 6v1 6x1
6x1 71x 71y 6rw tt 6ce 6r9 6r9 88g s6 6jw qa 6k6 6ss 2knz 6v6 7hr 6v7 8ao 8ap 8aq 8au 7id 7gd 7g3 8as 6v5 6v4 83x 8a3
7fu 7g4 7ge 7gi 7g8 74z 7f6 7f5 7f7 7ew 1p+6hx 6sh+6hx 6xc 2kpf 6ud 6ud 6vc 7dj 7dg 7di 7df 7dc 7dy 7e1 7dw 7dz 7dp
7dm 7do 7dl 7dd 7e4 7dv 7ds 7e3 7du 7dr 895 7dh 7de 7bk 7bg 7b4 7dx 7e0 7cc 7ck 6u7 6u6 6u8 7dn 7dk 7bs 7bo 7b6 7e2
7dt 7dq 7cs 7c4 7bw 6d1 k8 4m 2kl3 6dr 6rh 6vh 2k 891 7uw 6ci 6ci 6ry 8fi 6rz 6rz 7b 6qx 8ck 8cp 8cr 8cn 8cg 6qx+1e68
6dd jr 8ct 7h 6f 7d 8cs 8cw 7f 54 88i 4i 53 2ko0 uf 7pv 7pv qv 7gr 88z jq 6s7 6nu 6nv 4u 79k 6u3 6u2 6u5 6s7 8b4 8hb
88y 7kz 7kz 1m 6s4 6s4 18 1s 6pt 6qg 6pt 6iq 6rp 8dp 6r2 2kpg 6q8 4p 6jb 6np 7pz 2kl4 8gf 8gh 8gg 8gi 6wf 854 851 6vy
6vz 6nq 859 6qy 8co 8cm 8cq 6tp 8cl 6qy+1e68 6nr 858 6vy 6vz 6vi 6vj 4k 6nq 6nr 6vi 6vj 6r6 6r5 6y5 6oj 86d 6cg 6k8
6mr 6c0 6ub 83z kd 7j tw 6km 6ch 6oa 8dz 4w qc 88h 873 2ko1 6o3 6o2 6v8 6v8 7l2 7l2 4o rh 6wi 6v 6v 6vb 6vb uq 6xq 6x9
10 2kph k9 6s0 6s1 6rc 6qc 6u9 6x2 6mr 6oa 6o3 6o2 840 6xr 6x8 2kl5 ut 8ae 7l 6wh 7gf 7ge 6ph 86n 886 v3 7wf 8dz 6s1
6h 8dq 7v 6s6 6i 6s5 ul 7r 6kn 6s2 2ko2 8ey 6g 8eu 8ew 8ex 73b 6j7 8et 8ev 7n 6px 6px 6px 6bn 6bo 6bp 97 6bm 7t 2kpi
6vp 89v 8dt qd qd s5 6s6 6s5 6rm 8eu 8et 1p 6sf 6sh 8e0 89x 6s3 86p 6jz 6s0 6rm qf 6o 6j 6gc x 6pv 6k0 6kn 6s2 uc 7k0
1dkz 1dkw 1dl0 2ko3 1dkx 2u+2y 7l9 1dky 7g1 b6 2kpj 6ps 6vo 8gp 8b1 59 6kz 58 6l1 6l5 6l7 6l0 6l2 5a 6l3 6l8 6l4 6l6
6l9 6la 6dg 6xu 2kl7 6sn 8ek dx qb rh 8ee 7z 7x tv 81 6sl 6vv 6sl 6sn 8e6 8e6 8fd 8e8 8ea 8ec 6vv+1e68 8es 2ko4 6sr
6vt 6k7 ur 6t3 8eq 8f9 8f8 6sp 8ei 8ei 8eg 8eg 6sp 6w7 2kpk 2o 6iy 6sz 8em 8eo 1q 8fb 8e2 6vr 87p 8e4 8ee 86w 6vr 6vv
8ek 6t3 6sz 6sp+1e68 6sp+1e68 6ok 6bu 59 6iz ui 6ms 85k 6nh 6j3 85 7l1 7l1 6cm 6ux 2ko5 84l 84m 6pr 6rf 6nd 6ne 2kpl
6c5 2kl9 6j3 87 6df 6c0 6l 6eb 6m u0 tx 4h 6ok 2ko6 6k 6ko 8b0 6r1 89o 6jt 8j 8b 6j5 6j4 6j5 8h 6uv c5 6q0 6it 6qm 89p
8h 6qz 6uy 6jo 6uy 8bb 8cc up 8f 2kpm qh 8cc 5b 2kla 6q0 6wp 6wl 6wk 6wj 6q0 6ea 89 uu 6n 8l u1 2ko7 fr 2kpn 2klb uw
us qi s0 8n u2 2ko8 8o ud v0 2kpo 2klc 6oq 6og 84b 83y 6sm 8ej 86a 8q 88k 6j6 qj 7vs 87l 7vs 8ed 4r 6mo 6p0 84f 84d
6nd 6nf 855 86r 6n6 8ff 849 8fh 8fh+1e68 83w 7si 3f 2j 87f 87j 87h 8u 8s 6x4 3f u3 852 6cc 6ce 86f 85n 6nm 6sk 6mo 6n6
6nx 6nw 6o7 6ms 6o6 6ob 6nh 6vf 6vu 6sk 6sm 8e5 8e5 8fc 8e7 8e9 8eb 6vu+1e68 8er 8ed 6vq 6vu 8ej 6t2 6sy 870 6x6 2ko9
6t2 8ep 6nx 6nw 86i 7es ux 6sq 6o7 6xq 86j 7i2 8w 71s 71s 6so 8eh 8eh 8ef 8ef 6so 6w6 7vw 6pp 7vq 7w5 7w7 7wc 7w6 6nf
6ng 879 2kpp 8bx 8c4 6qf 2n 7gq 7gq 8a3 14 87n 6o6 6xr 6ob 86l 6by 6v3 6d5 2kld 6nk 6sy 8el 8en 2j 6c8 6ca 8y 1o 8fa
8e1 6vq 6vf 6vd 86u 8e3 87q 7gj 6us 7gi 85m 86e 6so+1e68 6so+1e68 6re 4v 7k2 7q8 7q8 6na 6na 6nb 6n8 6n9 7fy 8bt u4
6c4 6qp 2koa 6jr 51 6qr 16 8hc 53 6qa 6u7 6rc 8bu 8gr 6cm 6qb 6uf 2kpq 6qb 2kle 6ri qk 6uw 6uw 6vt+mw 6sr+6he 6sr+mw
6od 6oe 6vs+mw 6sq+6he 6sq+mw 6of 6un 6um 6pz 90 6qo+6he 6rt 8ds+mw 6rv+mw 95 6rt 7la 7la 6j9 4g 6ry+mw 6rz+mw 8cj 94
92 6rr 8dp+mw 8ci u5 6c3 6sg 6on 84k 6mv 6mv 6s0+mw 6si 84o 6rm+mw 6pw 6pw 2kob 6sn+mw 6sx 6sx 6sn+mw 8e6+mw 8e6+mw
6t1 6sv 6sv 6oe 6ni 8he 6q3 6ws 6wq 6q3 uy 6od 6sm+mw 6my 6cl 6sw 6my 6ni 6sw 6sm+mw 8e5+mw 8e5+mw 6su 6t0 6su 6wa 6wc
6qs 2kpr 4s 6q1 6wp+mw 6wl+mw 6q1 6wn 6wm 6q4 6q4 6wu 6wt 6qu 6qu 8hp+6hx 6pu+mw 8b8 6tc 6w0 8fj+mw 6tc 8fj+mw 6of 6mz
84z+mw 6n1+mw 6mz 6wb 6wd 6td 6w1 8fk+mw 2klf 6qs 6qu 6rl 6ro 6ro 6qs 6qu 6w2 6w3 6tg 8g5+mw 6tk 6te+6he 6tk 8g5+mw
6td 8fk+mw 6th 8g6+mw 6tl 6tf+6he 6tl 8g6+mw 6t5 6p 6t4 6wa 6wc 6wb 6wd ql z 6ja 6br 6ul 83o 6rx+6he 6uk 6sl+6he
1q+6he 89q 83m 6sk+6he 1o+6he 6us+6he 83n 6ut+6he 6rg+6he 6om 84j 6mu 6mu 84n 79k 6r 6u3 6u2 6s u6 6u5 9d 8c8 6u1 88s
9f 88v 2koc kb 6q 88x 88l q1 6r2 6nu 88u 88r 6da 88w 99 qx qn 88m 6ty 2kps 88n 88p 6tx 6qw 6nv 8d9 6k4 6k4 4q 56 6uu
8d2 8d3 8d7 6k4 6w 6u0 6t 6tz 8c6 6u 6yl 6qt 52 6qt 8hf 8hp 6pu u7 11 1a 6cw 6ud 6cx 2kod qu r9 6k3 7im qo 6vo ra 6j3
6j2 6j3 17 8bn 6u6 8bm 6qc 8bp 8du 4x 8bq 8br 4x 8b9 2kpt 4j 6t6 8fn 8fr 6t8 8fj 6t6 8fr 6t8 8fj 8ft 8fp 6w8 6ta 6cy
6jd 8fp 8ft 6w8 6q7 6y6 6xe 6xf 6ql 6ql 6ta 6uo 2klh qw 6bs 2koe 8b0 2kpu 6dz 2kli 6j1 8ba 1r 6sf y 6or 6oi 84c 83z
86c 6rh+mp 9h 6qi 88j 7vt 87m 885 7vt 57 6mq 86t 6p1 84g 84z 84e 6ne 6ng 85h 86s 6n7 6n1 84a 6ra 6je 83x 7sj 3h 2l 87g
87i 87k 9l 9j 6x5 3h u8 853 86h 6cd 6cd 6nn 6jg 6jf 6jg 6jh 7fx 4u 871 6x7 2kof 6o1 6o0 86k qp s1 6mq 6n7 6o1 6o0 6o4
6oc 6o9 6n1 6vg ka 6s3 6o4 6oc 6bz 71t 71t 8ha 7vx 6pq 7vr 87a 2kpv 8by 8c5 15 87o 8b6 6o9 6d6 2klj 6nl 2l 6c9 6c9 6vg
6ve 7g9 6ut 7g8 89a 86g 6ji 9n 6ca 6t7 8fo 8fs 9t 6t9 8fk 9r 9p 8fq 8fu 6w9 8b7 6tb u9 6v9 6u9 8di 6oo 84l 6mw 6mw 4n
1n 84p 6qe 6qe 7qu 2kog 6xu 7lb uh ug 6qr 6qt 4t qr qq qq 6rg 8dm 6rn 6rn 8f2 8f4 8f1 8f3 6rq 8bo 86q 6mo 6qe 8c3 89w
6qr 6xv 8fe 8fg 8fg+1e68 uk 1b 890 6yn 2kpw 7kw 7kw 6qt 6tv 6tv+1e68 6tw 6tw+1e68 6tr 6tt 6tr 6tt 6ts 6tu 6ts 6tu 7fl
7fl 7fu 7fu 6mq 2klk 6qe 6xv 6va 7ie 7id s5 r9 4v 6te 8g5 8fx 6ti 8g3 8g1 8gb 6tm 8fz 86x 6te 6ti 8g5 6tm 8gb 8g7 8gl
8gj 6t7 8fs 6t9 8fk 8fu 8fq 6w9 6tb 6q9 7l6 6tf 55 4y 4z 8g6 8fy 8go 6tj 8g4 7ux 8gn 86z 8g2 8gc 6tn 8g0 6tf 6tj 8g6
6tn 8gc 8g8 8gk 8gm 6op 84m 6mx 6mx 84q 67 6xi qs 71w 9x 9v ua 6hn 6xh 2koh 6r8 6r8 qg r5 r5 6rs 6rg 6bt 6rs 6rg 72 kc
5z 6u8 8c1 8c0 6r1 84o 6uc 6ye 8hd 2kpx 8gq 84p 6d0 6jm 7g5 7gf 7gj 6us 6sc 7g9 6ut 7ho 6sc 8ca 8c9 899 8cb 736 2kll
ue uz 9z 6ss 6n2 6n4 6oh 86b 6y 6mp v2 a5 6z ub 6o5 a9 86m 872 2koi 6x 6nz 6ny 7eo 6xo 6xo 6xb 7i0 a3 4o ab 2kpy 6mp
6mt 6nz 6ny 6tq qt r6 qt 6o8 6xp 6xp 6xa a7 7i1 2klm 6wg a1 7g5 7g4 6o8 70 887 6ol 8h4 8h5 6ug 87w s5 s0 6px r9 ra 6ql
6mt s1 qq 6tm+1e68 8gb+1e68 6tn+1e68 8gc+1e68 r5 6uq 6ur tu 6ua 6qw 6uz 6sa 6we 3g 3g 2koj 6uq 6te+6he 6tf+6he 2kpz
6ql 6ur 2kln 8gb+1e68 6tm+1e68 8gc+1e68 6tn+1e68 87u ad 8db 6qv 6s9 6jc 2kok 2kq0 6jc 6rk 6rk 2klo 6v6 7hr 6v7 7gd
2kol 7wa 7w7 qm 7w8 7w5 7wc 6wr 8ao 2kq1 8ap 8aq 7w9 7w6 2klp 8au 8as 7g3 6v5 6v4 71 un af uj 4l 2kom uv 2kq2 2klq um
73 ai am tz ak 6js qe 2kon ty 6ot 2kq3 2klr 6bx 6bw`

/** The names of `entityNames` that count without a semicolon too. */
export const legacyEntityNames: string = `
AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml
LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute
aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12
frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve
ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc
ugrave uml uuml yacute yen yuml`
